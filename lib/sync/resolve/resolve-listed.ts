import { readAbbreviation, resolveRef } from '../../core/source/resolve-ref.ts'
import type { Ref, RefListing, Revision } from '../../core/source/source.ts'
import type { GitClient, GitRemote } from '../../ports.ts'

/**
 * The revision of a ref, by what the server lists; the history is looked through for an abbreviated commit alone.
 * @throws {SyncError} as `resolveRef` and `GitClient.expandCommit`
 */
export async function resolveListed(
  git: Pick<GitClient, 'expandCommit'>,
  { remote, ref }: { readonly remote: GitRemote; readonly ref: Ref },
  listing: RefListing,
): Promise<Revision> {
  const abbreviation = readAbbreviation(ref, listing)
  if (abbreviation === null) return resolveRef(ref, listing)
  return { ref: abbreviation, commit: await git.expandCommit(remote, abbreviation, listing) }
}

import type { Poke } from '../core/poke.ts'
import { formatRef, resolveRef } from '../core/source/resolve-ref.ts'
import type { Revision } from '../core/source/source.ts'
import type { ConfigHead } from '../core/state/records.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Subject } from './open-config.ts'

/**
 * The revision that `subject` is to have now: a pin, else what the repository look stored if that is not older than
 * the poke, else what the server says.
 * @throws {SyncError} GitRefNotFound, GitRefForbidden, GitUnavailable, GitAuthFailed, GitRepositoryNotFound
 */
export async function resolveRevision(
  { state, git }: Pick<SyncDependencies, 'state' | 'git'>,
  subject: Subject,
  { poke, head }: { readonly poke: Poke; readonly head: ConfigHead | null },
): Promise<Revision> {
  const { source, config, repositoryKey } = subject
  if (source.pinned) return source.pinned
  if (config.suspendGitPulls && head?.applied) return head.applied.revision
  if ('commit' in source.ref) return { ref: '', commit: source.ref.commit }

  const stored = await state.readRef(repositoryKey, formatRef(source.ref))
  if (stored && stored.resolvedAt >= poke.requestedAt) return stored.revision
  return resolveRef(source.ref, await git.listRefs(source))
}

import { findRepositoryRules } from '../../core/config/policy/policy.ts'
import { SyncError } from '../../core/errors.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, SourceTarget } from '../look.ts'

/**
 * Holds back a revision that the rules for its repository do not let through. What is published stays as it is.
 * @throws {SyncError} CommitNotSigned, HistoryRewound, and what `GitClient.open` throws
 */
export async function verifyRevision(
  { policy, git, isSignedBy }: Pick<SyncDependencies, 'policy' | 'git' | 'isSignedBy'>,
  { head }: Pick<Look, 'head'>,
  { subject: { source, repositoryKey }, mark: { revision } }: SourceTarget,
): Promise<void> {
  const rules = findRepositoryRules(policy, repositoryKey)
  const { url } = source
  for (const { signedBy } of rules) {
    if (!signedBy || (await isSignedBy(await git.readCommit(source, revision.commit), signedBy))) continue
    throw new SyncError('CommitNotSigned', { data: { url, commit: revision.commit } })
  }
  const applied = head?.applied?.revision
  if (!rules.some(({ fastForward }) => fastForward) || applied?.ref !== revision.ref) return
  if (await git.isAncestor(source, applied.commit, revision.commit)) return
  throw new SyncError('HistoryRewound', {
    data: { url, ref: revision.ref, commit: revision.commit, applied: applied.commit },
  })
}

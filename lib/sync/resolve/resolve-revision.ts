import { formatRef } from '../../core/source/resolve-ref.ts'
import type { ResolvedRef } from '../../core/state/records.ts'
import { formatTime } from '../../core/time.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'
import type { Subject } from './open-config.ts'
import { resolveListed } from './resolve-listed.ts'

/**
 * The revision that `subject` is to have now: a pin, else what the repository look stored if that is older neither
 * than the poke nor than the last look (which may have seen a newer one), else what the server says.
 * @throws {SyncError} GitRefNotFound, GitRefAmbiguous, GitRefForbidden, GitUnavailable, GitAuthFailed, GitRepositoryNotFound
 */
export async function resolveRevision(
  { state, git }: Pick<SyncDependencies, 'state' | 'git'>,
  subject: Subject,
  { poke, head, startedAt }: Pick<Look, 'poke' | 'head' | 'startedAt'>,
): Promise<ResolvedRef> {
  const { source, config, repositoryKey } = subject
  const resolvedAt = formatTime(startedAt)
  if (source.pinned) return { revision: source.pinned, resolvedAt }
  if (config.suspendGitPulls && head?.applied) return { revision: head.applied.revision, resolvedAt }
  if ('commit' in source.ref) return { revision: { ref: '', commit: source.ref.commit }, resolvedAt }

  const stored = await state.readRef(repositoryKey, formatRef(source.ref))
  if (stored && stored.resolvedAt >= poke.requestedAt && stored.resolvedAt >= (head?.lookedAt ?? ''))
    return stored
  const listing = await git.listRefs(source)
  return { revision: await resolveListed(git, { remote: source, ref: source.ref }, listing), resolvedAt }
}

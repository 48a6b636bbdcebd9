import { digestJson } from '../../core/config/digest.ts'
import type { ConfigHead, Watcher } from '../../core/state/records.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Subject } from './open-config.ts'

type Watching = NonNullable<ConfigHead['watching']>

/**
 * What the partition of the subject's repository is to say about the config. For one that is pinned no push is news: the
 * scheduled pass sees when the pin moves.
 */
export function describeWatching({ config, source, repositoryKey }: Subject): Watching {
  const { pinned } = source
  const watcher: Watcher = {
    configId: config.id,
    ref: pinned ? { commit: pinned.commit } : source.ref,
    url: source.url,
    ...(source.credentials ? { credentials: source.credentials } : {}),
    pullIntervalMs: config.gitRepositoryPullIntervalMs,
  }
  return { repositoryKey, watcher }
}

/**
 * Lists the config under the repository that it follows, before anything can fail, so that the push that mends a
 * failing config finds it. Writes only what the head does not say already.
 */
export async function watchSource(
  { state }: Pick<SyncDependencies, 'state'>,
  subject: Subject,
  head: ConfigHead | null,
): Promise<void> {
  const watching = describeWatching(subject)
  const before = head?.watching
  if (before && digestJson(before) === digestJson(watching)) return
  await state.writeWatcher(watching.repositoryKey, watching.watcher)
  if (before && before.repositoryKey !== watching.repositoryKey) {
    await state.removeWatcher(before.repositoryKey, subject.config.id)
  }
}

import type { ConfigHead } from '../core/state/records.ts'
import type { SyncDependencies } from './dependencies.ts'

/**
 * Stops watching for a config whose manifest is gone. Its secrets, inventory and history stay as they are: a source
 * that vanishes never deletes anything. A config that comes back is looked at as if it were new.
 */
export async function forgetConfig(
  { state }: Pick<SyncDependencies, 'state'>,
  head: ConfigHead | null,
): Promise<void> {
  if (!head?.watching && head?.nextDueAt === undefined && !head?.ownedElsewhere) return
  if (head.watching) await state.removeWatcher(head.watching.repositoryKey, head.id)
  const { watching: _, nextDueAt: __, attempted: ___, ownedElsewhere: ____, ...rest } = head
  await state.writeHead(rest, head)
}

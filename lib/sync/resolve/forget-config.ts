import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'
import { tellOwnersOf } from '../sweep/tell-owners.ts'

/**
 * Stops watching for a config whose manifest is gone. Its secrets, inventory and history stay as they are: a source
 * that vanishes never deletes anything. A config that comes back is looked at as if it were new.
 */
export async function forgetConfig(dependencies: SyncDependencies, look: Look): Promise<void> {
  const { head } = look
  if (!head?.watching && head?.nextDueAt === undefined && !head?.ownedElsewhere) return
  if (head.watching) await dependencies.state.removeWatcher(head.watching.repositoryKey, head.id)
  const { watching: _, nextDueAt: __, attempted: ___, ownedElsewhere: ____, ...rest } = head
  await dependencies.state.writeHead(rest, head)
  await tellOwnersOf(dependencies, look, rest)
}

import { type Intent, isInForce } from '../../core/audit/intent.ts'
import type { Poke } from '../../core/poke.ts'
import type { SyncDependencies } from '../dependencies.ts'

/**
 * What operators want of the config; `null` where they leave it to Git. A plan may be asked for as if the config were
 * rolled back already: then the request says so, which only the API writes.
 * @throws {SyncError} StateUnavailable
 */
export async function readIntent(
  { state }: Pick<SyncDependencies, 'state'>,
  { id, planOnly, requestId }: Pick<Poke, 'id' | 'planOnly' | 'requestId'>,
): Promise<Intent | null> {
  const [intent, request] = await Promise.all([
    state.readIntent(id),
    planOnly ? state.readRequest(requestId) : null,
  ])
  const { pin, actor, requestedAt = '' } = request?.configId === id ? request : {}
  if (pin && actor) return { configId: id, requestId, requestedAt, actor, suspended: false, pin }
  return intent && isInForce(intent) ? intent : null
}

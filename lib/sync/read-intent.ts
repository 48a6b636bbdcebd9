import { type Intent, isInForce } from '../core/audit/intent.ts'
import type { ConfigId } from '../core/config/config.ts'
import type { SyncDependencies } from './dependencies.ts'

/** What operators want of the config; `null` where they leave it to Git. @throws {SyncError} StateUnavailable */
export async function readIntent(
  { state }: Pick<SyncDependencies, 'state'>,
  id: ConfigId,
): Promise<Intent | null> {
  const intent = await state.readIntent(id)
  return intent && isInForce(intent) ? intent : null
}

import type { Intent } from '../../core/audit/intent.ts'
import { SyncError } from '../../core/errors.ts'
import type { RequestRecord } from '../../core/state/records.ts'
import type { RequestDependencies } from './queue-request.ts'

/** What an intent says, beside who said it and when. */
export type Wish = Pick<Intent, 'suspended' | 'pin' | 'approval' | 'adoptions'>

const nothingWished: Wish = { suspended: false }

/**
 * Writes what `request` makes of the intent of its config; nothing where it stays as it is.
 * @throws {SyncError} StateConflict where somebody else has changed it at the same time; StateTooNew
 */
export async function changeIntent(
  { state }: Pick<RequestDependencies, 'state'>,
  { configId, requestId, requestedAt, actor }: RequestRecord,
  change: (before: Wish) => Wish,
): Promise<void> {
  if (!actor) throw new SyncError('InternalError', { data: { request: requestId } })
  const before = await state.readIntent(configId)
  const wished = before ? pickWish(before) : nothingWished
  const wish = change(wished)
  if (isSame(wish, wished)) return
  await state.writeIntent({ configId, requestId, requestedAt, actor, ...wish }, before)
}

function pickWish({ suspended, pin, approval, adoptions }: Intent): Wish {
  return { suspended, ...(pin && { pin }), ...(approval && { approval }), ...(adoptions && { adoptions }) }
}

function isSame(one: Wish, other: Wish): boolean {
  return (
    one.suspended === other.suspended &&
    one.pin === other.pin &&
    one.approval === other.approval &&
    one.adoptions === other.adoptions
  )
}

import type { Actor } from '../../core/audit/actor.ts'
import type { ConfigId } from '../../core/config/config.ts'
import type { RequestRecord } from '../../core/state/records.ts'
import { formatExpiry } from '../../core/state/retention.ts'
import { formatTime } from '../../core/time.ts'
import type { Clock, PokeQueue, StateStore } from '../../ports.ts'

export interface RequestDependencies {
  readonly state: Pick<StateStore, 'writeRequest' | 'readIntent' | 'writeIntent' | 'listHistory'>
  readonly queue: PokeQueue
  readonly clock: Pick<Clock, 'now'>
  /** An id that nobody has had or guesses. */
  createRequestId(): string
}

/** A request that nobody has answered yet. */
export function createRequest(
  { clock, createRequestId }: Pick<RequestDependencies, 'clock' | 'createRequestId'>,
  configId: ConfigId,
  asked: Pick<RequestRecord, 'kind' | 'pin' | 'adoption'> & { readonly actor: Actor },
): RequestRecord {
  const requestedAt = formatTime(clock.now())
  return { requestId: createRequestId(), configId, ...asked, requestedAt, state: 'queued' }
}

/**
 * Keeps `request` for the answer and pokes the config.
 * @throws {SyncError} QueueUnavailable, StateUnavailable
 */
export async function queueRequest(
  { state, queue, clock }: Pick<RequestDependencies, 'state' | 'queue' | 'clock'>,
  request: RequestRecord,
): Promise<RequestRecord> {
  // The record is there before the worker can answer it.
  await state.writeRequest(request, formatExpiry(clock.now()))
  const { configId: id, kind, requestId, requestedAt } = request
  const poke = { v: 1, kind: 'config', id, trigger: 'manual', requestId, requestedAt } as const
  await queue.send([{ poke: kind === 'plan' ? { ...poke, planOnly: true } : poke, dedupId: requestId }])
  return request
}

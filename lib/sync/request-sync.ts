import type { ConfigId } from '../core/config/config.ts'
import type { RequestRecord } from '../core/state/records.ts'
import { formatExpiry } from '../core/state/retention.ts'
import { formatTime } from '../core/time.ts'
import type { Clock, PokeQueue, StateStore } from '../ports.ts'

/**
 * Asks for a look at a config, or for a plan only; the answer will be in the record that is returned.
 * @throws {SyncError} QueueUnavailable, StateUnavailable
 */
export type RequestSync = (configId: ConfigId, kind: RequestRecord['kind']) => Promise<RequestRecord>

export interface RequestSyncDependencies {
  readonly state: Pick<StateStore, 'writeRequest'>
  readonly queue: PokeQueue
  readonly clock: Pick<Clock, 'now'>
  /** An id that nobody has had or guesses. */
  createRequestId(): string
}

export function createRequestSync(dependencies: RequestSyncDependencies): RequestSync {
  const { state, queue, clock, createRequestId } = dependencies
  return async (configId, kind) => {
    const requestId = createRequestId()
    const requestedAt = formatTime(clock.now())
    const request: RequestRecord = { requestId, configId, kind, requestedAt, state: 'queued' }
    // The record is there before the worker can answer it.
    await state.writeRequest(request, formatExpiry(clock.now()))
    const poke = { v: 1, kind: 'config', id: configId, trigger: 'manual', requestId, requestedAt } as const
    await queue.send([{ poke: kind === 'plan' ? { ...poke, planOnly: true } : poke, dedupId: requestId }])
    return request
  }
}

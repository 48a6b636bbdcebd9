import type { Context, SQSRecord } from 'aws-lambda'
import { toSyncError } from '../../lib/core/errors.ts'
import { type Poke, parsePoke, queueOf } from '../../lib/core/poke.ts'
import type { Clock, Telemetry } from '../../lib/ports.ts'
import type { WorkPoke } from '../../lib/sync/work-poke.ts'

export interface WorkerUseCases {
  readonly workPoke: WorkPoke
  readonly telemetry: Telemetry
  readonly clock: Pick<Clock, 'now'>
}

/**
 * Works one message of the queues. One that no release can read is dropped; one of a newer release goes back, so that
 * it is there when the upgrade has finished.
 */
export function createWorkerHandler({ workPoke, telemetry, clock }: WorkerUseCases) {
  return async (record: SQSRecord, context: Context): Promise<void> => {
    const poke = readPoke(record, telemetry)
    if (!poke) return
    const ageMs = clock.now() - Number(record.attributes.SentTimestamp)
    telemetry.measure('QueueAge', Math.max(0, ageMs), { name: 'queue', value: queueOf(poke) })
    await workPoke(poke, { deadlineAt: clock.now() + context.getRemainingTimeInMillis() })
  }
}

function readPoke({ body }: SQSRecord, telemetry: Telemetry): Poke | null {
  try {
    return parsePoke(body)
  } catch (thrown) {
    const error = toSyncError(thrown)
    if (error.disposition !== 'reject') throw error
    telemetry.log('error', 'message dropped', { code: error.code })
    return null
  }
}

import { describe, expect, it } from 'vitest'
import { createWorkerHandler } from '../../../functions/worker/handler.ts'
import { createSqsStack } from '../../../lib/adapters/lambda/sqs-stack.ts'
import { formatPoke, type Poke } from '../../../lib/core/poke.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createContext, createSqsEvent, createSqsRecord } from '../../fakes/lambda-events.ts'
import { createRecordingTelemetry } from '../../fakes/recording-telemetry.ts'

const poke: Poke = {
  v: 1,
  kind: 'config',
  id: 'demo/shop/app',
  trigger: 'manual',
  requestId: 'r1',
  requestedAt: '2026-01-31T08:00:00.000Z',
  planOnly: true,
}

async function work(body: string, fail?: Error) {
  const telemetry = createRecordingTelemetry()
  const clock = createFakeClock()
  const worked: { poke: Poke; remainingMs: number }[] = []
  const workPoke = async (given: Poke, { deadlineAt }: { readonly deadlineAt: number }) => {
    worked.push({ poke: given, remainingMs: deadlineAt - clock.now() })
    if (fail) throw fail
  }
  const handle = createSqsStack(createWorkerHandler({ workPoke, telemetry, clock }), telemetry)
  const response = await handle(createSqsEvent(createSqsRecord('m1', 'g1', body)), createContext(300_000))
  return { worked, codes: telemetry.lines.map(({ fields }) => fields.code), ...response }
}

describe('createWorkerHandler', () => {
  it('works the poke of a message until the deadline of the function', async () => {
    expect(await work(formatPoke(poke))).toEqual({
      worked: [{ poke, remainingMs: 300_000 }],
      codes: [],
      batchItemFailures: [],
    })
  })

  it('measures how long the message has waited, by its queue', async () => {
    const telemetry = createRecordingTelemetry()
    const clock = createFakeClock()
    const handle = createWorkerHandler({ workPoke: async () => {}, telemetry, clock })
    const record = createSqsRecord('m1', 'g1', formatPoke(poke))
    const sentAt = String(clock.now() - 1_500)
    const waited = { ...record, attributes: { ...record.attributes, SentTimestamp: sentAt } }
    await handle(waited, createContext(300_000))
    const dimension = { name: 'queue', value: 'sync' }
    expect(telemetry.measures).toEqual([{ metric: 'QueueAge', value: 1_500, dimension }])
  })

  it('returns the message to the queue when the run crashes', async () => {
    expect(await work(formatPoke(poke), new Error('crash'))).toMatchObject({
      codes: ['InternalError'],
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    })
  })

  it('leaves a message of a newer release in the queue', async () => {
    expect(await work(JSON.stringify({ ...poke, v: 2 }))).toEqual({
      worked: [],
      codes: ['StateTooNew'],
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    })
  })

  it.each(['', 'null', '{}', '{"v":1}', '[]', '{"v":0}'])('drops the unreadable message %j', async (body) => {
    expect(await work(body)).toEqual({ worked: [], codes: ['RequestInvalid'], batchItemFailures: [] })
  })
})

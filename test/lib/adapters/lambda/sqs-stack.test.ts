import { describe, expect, it } from 'vitest'
import { createSqsStack } from '../../../../lib/adapters/lambda/sqs-stack.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createContext, createSqsEvent, createSqsRecord } from '../../../fakes/lambda-events.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

const batch = createSqsEvent(
  createSqsRecord('a1', 'a', 'works'),
  createSqsRecord('b1', 'b', 'fails'),
  createSqsRecord('a2', 'a', 'works'),
  createSqsRecord('b2', 'b', 'works'),
  createSqsRecord('c1', 'c', 'works'),
)

async function work(event = batch, thrown: unknown = new SyncError('StateUnavailable')) {
  const telemetry = createRecordingTelemetry()
  const worked: string[] = []
  const stack = createSqsStack(async (record) => {
    worked.push(record.messageId)
    if (record.body === 'fails') throw thrown
  }, telemetry)
  return { response: await stack(event, createContext()), worked, telemetry }
}

describe('createSqsStack', () => {
  it('returns nothing to the queue when every record is worked', async () => {
    const { response } = await work(createSqsEvent(createSqsRecord('a1', 'a', 'works')))
    expect(response).toEqual({ batchItemFailures: [] })
  })

  it('returns a failed record and what follows in its group, and works the other groups', async () => {
    const { response, worked } = await work()
    expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'b1' }, { itemIdentifier: 'b2' }])
    expect(worked).toEqual(['a1', 'b1', 'a2', 'c1'])
  })

  it('answers instead of throwing when the whole batch fails', async () => {
    const { response } = await work(createSqsEvent(createSqsRecord('b1', 'b', 'fails')))
    expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'b1' }])
  })

  it('logs the code of a failure and no foreign text', async () => {
    const { telemetry } = await work(batch, new Error('canary'))
    expect(telemetry.lines).toEqual([
      { level: 'error', message: 'record returned to the queue', fields: { code: 'InternalError' } },
    ])
  })

  it('keeps batches that run at the same time apart', async () => {
    const [left, right] = await Promise.all([
      work(),
      work(createSqsEvent(createSqsRecord('x1', 'b', 'works'), createSqsRecord('x2', 'b', 'fails'))),
    ])
    expect(left.response.batchItemFailures.map((failure) => failure.itemIdentifier)).toEqual(['b1', 'b2'])
    expect(right.response.batchItemFailures.map((failure) => failure.itemIdentifier)).toEqual(['x2'])
  })
})

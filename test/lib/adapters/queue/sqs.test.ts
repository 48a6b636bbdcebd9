import { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqsQueue } from '../../../../lib/adapters/queue/sqs.ts'
import type { PokeQueue } from '../../../../lib/ports.ts'
import { createPoke, createRecordingHandler, testPokeQueue } from '../../../contracts/poke-queue.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts'
import { createSqsPoller, type SqsPoller } from '../../../fakes/sqs-poller.ts'
import { type SqsServer, startSqsServer } from '../../../fakes/sqs-server.ts'

let clock: FakeClock
let server: SqsServer
let client: SQSClient
let queue: PokeQueue
let poller: SqsPoller

beforeEach(async () => {
  clock = createFakeClock()
  server = await startSqsServer(clock)
  client = new SQSClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  const { queueUrls } = server
  queue = createSqsQueue({ client, queueUrls, clock })
  poller = createSqsPoller(client, [queueUrls.watch, queueUrls.sync])
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

testPokeQueue('sqs', async () => ({
  queue,
  start: poller.start,
  idle: poller.idle,
  passVisibilityTimeout: async () => clock.advance(server.visibilityTimeoutMs),
  passDedupWindow: async () => clock.advance(5 * 60_000),
}))

const outgoing = (id: string) => ({ poke: createPoke(id), dedupId: id })

describe('createSqsQueue', () => {
  it('sends ten pokes in one request', async () => {
    await queue.send(Array.from({ length: 23 }, (_, n) => outgoing(`a${n}`)))
    expect(server.batches).toEqual([10, 10, 3])
  })

  it('sends again what SQS did not take of a batch, and nothing twice', async () => {
    let refusals = 3
    server.refuseEntry = ({ MessageBody }) => MessageBody.includes('bad') && refusals-- > 0
    const { handler, requestIds } = createRecordingHandler()
    await queue.send([outgoing('a'), outgoing('bad'), outgoing('b')])
    expect(server.batches).toEqual([3, 1, 1, 1])
    poller.start(handler)
    await poller.idle()
    expect(requestIds().toSorted()).toEqual(['a', 'b', 'bad'])
  })

  it('gives up after four attempts', async () => {
    server.refuseEntry = () => true
    await expect(queue.send([outgoing('a')])).rejects.toMatchObject({
      code: 'QueueUnavailable',
      data: { queue: 'sync', error: 'InternalError', count: 1 },
    })
    expect(server.batches).toEqual([1, 1, 1, 1])
  })

  it.each(['AccessDeniedException', 'RequestThrottled', 'QueueDoesNotExist'])(
    'tells %s as an outage, with its name and without the text of AWS',
    async (error) => {
      server.refuse = () => error
      const thrown = await queue.send([outgoing('a')]).catch((caught: unknown) => caught)
      expect(thrown).toMatchObject({ code: 'QueueUnavailable', data: { queue: 'sync', error } })
      expect(JSON.stringify(thrown)).not.toContain('canary')
    },
  )
})

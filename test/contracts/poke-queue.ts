import type { SQSRecord } from 'aws-lambda'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BatchHandler } from '../../lib/adapters/queue/in-process/consumer.ts'
import { formatMessage, type Poke, parsePoke } from '../../lib/core/poke.ts'
import type { PokeQueue } from '../../lib/ports.ts'

export interface QueueUnderTest {
  readonly queue: PokeQueue
  /** Delivers batches of one message, several groups at a time. */
  start(handler: BatchHandler): void
  /** Resolves when nothing runs and nothing can be delivered now. */
  idle(): Promise<void>
  /** Lets the visibility time-out pass. */
  passVisibilityTimeout(): Promise<void>
  /** Lets the five minutes pass; absent where time cannot be moved. */
  passDedupWindow?(): Promise<void>
}

/** A poke of the config `c/n/<id>`; `requestId` tells pokes apart. */
export function createPoke(id: string, requestId = id, part: Partial<Poke> = {}): Poke {
  return {
    v: 1,
    kind: 'config',
    id: `c/n/${id}`,
    trigger: 'manual',
    requestId,
    requestedAt: '2026-01-31T08:00:00.000Z',
    ...part,
  }
}

/** A handler that acknowledges everything except what `fails` says, and what it was given. */
export function createRecordingHandler(fails: (poke: Poke, record: SQSRecord) => boolean = () => false) {
  const records: SQSRecord[] = []
  const handler: BatchHandler = async ({ Records: [record] }) => {
    if (!record) return { batchItemFailures: [] }
    records.push(record)
    const failed = fails(parsePoke(record.body), record)
    return { batchItemFailures: failed ? [{ itemIdentifier: record.messageId }] : [] }
  }
  return { handler, records, requestIds: () => records.map(({ body }) => parsePoke(body).requestId) }
}

/** What both queues do, whoever works them. */
export function testPokeQueue(kind: string, open: () => Promise<QueueUnderTest>): void {
  let peer: QueueUnderTest
  const send = (...pokes: Poke[]) =>
    peer.queue.send(pokes.map((poke) => ({ poke, dedupId: `dedup of ${poke.requestId}` })))

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: queues`, () => {
    it('carry configs to sync and everything else to watch', async () => {
      const repository = createPoke('', 'q1', { kind: 'repository', id: 'git.test/o/r' })
      const sweep = createPoke('', 'q2', { kind: 'sweep', id: '123456789012/eu-west-1' })
      const config = createPoke('a', 'q3')
      const { handler, records } = createRecordingHandler()
      await send(repository, sweep, config)
      peer.start(handler)
      await peer.idle()
      const arrived = records.map(({ body, eventSourceARN }) => [
        parsePoke(body).requestId,
        eventSourceARN.includes('watch') ? 'watch' : 'sync',
      ])
      expect(arrived.toSorted()).toEqual([
        ['q1', 'watch'],
        ['q2', 'watch'],
        ['q3', 'sync'],
      ])
      expect(records.map(({ body }) => parsePoke(body))).toEqual(
        expect.arrayContaining([repository, sweep, config]),
      )
    })

    it('carry each poke in the group of its id, of any length and alphabet', async () => {
      const long = createPoke('ä'.repeat(500))
      const { handler, records } = createRecordingHandler()
      await peer.queue.send([{ poke: long, dedupId: 'ß'.repeat(500) }])
      peer.start(handler)
      await peer.idle()
      expect(records[0]?.attributes).toMatchObject({
        MessageGroupId: formatMessage(long, '').groupId,
        ApproximateReceiveCount: '1',
      })
    })

    it('take more pokes than one request of SQS holds', async () => {
      const pokes = Array.from({ length: 23 }, (_, n) => createPoke(`many-${n}`))
      const { handler, requestIds } = createRecordingHandler()
      await send(...pokes)
      await send()
      peer.start(handler)
      await peer.idle()
      expect(requestIds().toSorted()).toEqual(pokes.map(({ requestId }) => requestId).toSorted())
    })
  })

  describe(`${kind}: deduplication`, () => {
    it('takes pokes with equal ids for one, within five minutes', async () => {
      const { handler, requestIds } = createRecordingHandler()
      peer.start(handler)
      await send(createPoke('a', 'q1'), createPoke('a', 'q1'), createPoke('a', 'q2'))
      await peer.idle()
      await send(createPoke('a', 'q1'))
      await peer.idle()
      expect(requestIds()).toEqual(['q1', 'q2'])
    })

    it('keeps pokes of different ids apart', async () => {
      const { handler, requestIds } = createRecordingHandler()
      peer.start(handler)
      const dedupId = 'one delivery'
      await peer.queue.send([
        { poke: createPoke('a', 'q1'), dedupId },
        { poke: createPoke('b', 'q2'), dedupId },
      ])
      await peer.idle()
      expect(requestIds().toSorted()).toEqual(['q1', 'q2'])
    })

    it('ends after five minutes', async ({ skip }) => {
      if (!peer.passDedupWindow) return skip('the clock of this queue cannot be moved')
      const { handler, requestIds } = createRecordingHandler()
      peer.start(handler)
      await send(createPoke('a', 'q1'))
      await peer.idle()
      await peer.passDedupWindow()
      await send(createPoke('a', 'q1'))
      await peer.idle()
      expect(requestIds()).toEqual(['q1', 'q1'])
    })
  })

  describe(`${kind}: groups`, () => {
    it('are worked in order, one message at a time', async () => {
      let inFlight = 0
      let most = 0
      const { handler, requestIds } = createRecordingHandler()
      await send(...Array.from({ length: 6 }, (_, n) => createPoke('a', `q${n}`)))
      peer.start(async (event) => {
        inFlight += 1
        most = Math.max(most, inFlight)
        const response = await handler(event)
        inFlight -= 1
        return response
      })
      await peer.idle()
      expect(requestIds()).toEqual(['q0', 'q1', 'q2', 'q3', 'q4', 'q5'])
      expect(most).toBe(1)
    })

    it('are worked side by side', async () => {
      const first = Promise.withResolvers<void>()
      const { handler, requestIds } = createRecordingHandler()
      await send(createPoke('a', 'held'), createPoke('b', 'q1'), createPoke('a', 'behind'))
      peer.start(async (event) => {
        const response = await handler(event)
        // The first message ends only after the second has arrived.
        if (requestIds().at(-1) === 'held') await first.promise
        else first.resolve()
        return response
      })
      await peer.idle()
      expect(requestIds()).toEqual(['held', 'q1', 'behind'])
    })
  })

  describe(`${kind}: redelivery`, () => {
    it('repeats a failed message after the visibility time-out and holds back its group', async () => {
      const { handler, records, requestIds } = createRecordingHandler(
        (poke, record) => poke.requestId === 'bad' && record.attributes.ApproximateReceiveCount === '1',
      )
      await send(createPoke('a', 'bad'), createPoke('a', 'behind'), createPoke('b', 'q1'))
      peer.start(handler)
      await peer.idle()
      expect(requestIds()).toEqual(['bad', 'q1'])
      await peer.passVisibilityTimeout()
      await peer.idle()
      expect(requestIds()).toEqual(['bad', 'q1', 'bad', 'behind'])
      expect(records[2]?.attributes.ApproximateReceiveCount).toBe('2')
      expect(records[2]?.messageId).toBe(records[0]?.messageId)
    })

    it('repeats a message whose handler crashed', async () => {
      const { handler, requestIds } = createRecordingHandler()
      let crashes = 1
      await send(createPoke('a', 'q1'))
      peer.start(async (event) => {
        const response = await handler(event)
        crashes -= 1
        if (crashes >= 0) throw new Error('crash')
        return response
      })
      await peer.idle()
      await peer.passVisibilityTimeout()
      await peer.idle()
      await peer.passVisibilityTimeout()
      await peer.idle()
      expect(requestIds()).toEqual(['q1', 'q1'])
    })

    it('gives a message up after five times, and the group goes on', async () => {
      const { handler, requestIds } = createRecordingHandler(({ requestId }) => requestId === 'bad')
      await send(createPoke('a', 'bad'), createPoke('a', 'behind'))
      peer.start(handler)
      await peer.idle()
      for (let round = 0; round < 6; round += 1) {
        await peer.passVisibilityTimeout()
        await peer.idle()
      }
      expect(requestIds()).toEqual(['bad', 'bad', 'bad', 'bad', 'bad', 'behind'])
    })
  })
}

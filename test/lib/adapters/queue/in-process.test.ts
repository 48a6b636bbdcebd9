import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openQueueDatabase } from '../../../../lib/adapters/queue/in-process/messages.ts'
import {
  createInProcessQueue,
  type InProcessQueueOptions,
} from '../../../../lib/adapters/queue/in-process.ts'
import { createPoke, createRecordingHandler, testPokeQueue } from '../../../contracts/poke-queue.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

const minuteMs = 60_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 31, 8) })
})
afterEach(() => {
  vi.useRealTimers()
})

function openQueue(path = ':memory:', part: Partial<InProcessQueueOptions> = {}) {
  const database = openQueueDatabase(path)
  const telemetry = createRecordingTelemetry()
  const queue = createInProcessQueue({ database, telemetry, clock: { now: () => Date.now() }, ...part })
  onTestFinished(async () => {
    await queue.stop()
    database.close()
  })
  return { queue, telemetry }
}

function createPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'queue.db')
}

const advance = async (durationMs: number) => {
  await vi.advanceTimersByTimeAsync(durationMs)
}

testPokeQueue('in-process', async () => {
  const { queue } = openQueue()
  return {
    queue,
    start: queue.start,
    idle: queue.idle,
    passVisibilityTimeout: async () => await advance(330_000),
    passDedupWindow: async () => await advance(5 * minuteMs),
  }
})

const outgoing = (id: string, requestId = id) => ({ poke: createPoke(id, requestId), dedupId: requestId })

describe('createInProcessQueue', () => {
  it('delivers after a restart what was sent before, in order', async () => {
    const path = createPath()
    const before = openQueue(path).queue
    await before.send([outgoing('a', 'q1'), outgoing('a', 'q2'), outgoing('b', 'q3')])
    const after = openQueue(path).queue
    const { handler, requestIds } = createRecordingHandler()
    after.start(handler)
    await after.idle()
    expect(requestIds()).toEqual(['q1', 'q3', 'q2'])
  })

  it('delivers at once what a process held when it ended', async () => {
    const path = createPath()
    const before = openQueue(path)
    before.queue.start(() => new Promise(() => {}))
    await before.queue.send([outgoing('a', 'q1')])
    const { handler, records } = createRecordingHandler()
    const { queue } = openQueue(path)
    queue.start(handler)
    await queue.idle()
    expect(records.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['2'])
    await advance(330_000)
  })

  it('gives up a handler that outlives the visibility time-out, and ignores its late answer', async () => {
    const { queue } = openQueue()
    const late = Promise.withResolvers<{ batchItemFailures: [] }>()
    const { handler, requestIds } = createRecordingHandler(({ requestId }) => requestId === 'q1')
    let calls = 0
    queue.start((event) => {
      calls += 1
      return calls === 1 ? late.promise : handler(event)
    })
    await queue.send([outgoing('a', 'q1')])
    await advance(330_000)
    late.resolve({ batchItemFailures: [] })
    await advance(330_000)
    expect(requestIds()).toEqual(['q1', 'q1'])
  })

  it('works no more messages at a time than it may', async () => {
    const { queue } = openQueue(':memory:', { concurrency: 2 })
    const gate = Promise.withResolvers<void>()
    const { handler, records } = createRecordingHandler()
    queue.start(async (event) => {
      const response = await handler(event)
      await gate.promise
      return response
    })
    await queue.send(['a', 'b', 'c', 'd'].map((id) => outgoing(id)))
    expect(records).toHaveLength(2)
    gate.resolve()
    await queue.idle()
    expect(records).toHaveLength(4)
  })

  it('keeps what it has given up as dead letters', async () => {
    const { queue } = openQueue(':memory:', { maxReceiveCount: 2 })
    queue.start(createRecordingHandler(() => true).handler)
    await queue.send([outgoing('a', 'q1')])
    await advance(3 * 330_000)
    expect(queue.listDeadLetters()).toEqual([createPoke('a', 'q1')])
    await advance(15 * 24 * 60 * minuteMs)
    await queue.send([outgoing('b')])
    expect(queue.listDeadLetters().map(({ id }) => id)).not.toContain('c/n/a')
  })

  it('stops after the running handlers and keeps the rest', async () => {
    const { queue } = openQueue()
    const gate = Promise.withResolvers<void>()
    const { handler, requestIds } = createRecordingHandler()
    queue.start(async (event) => {
      await gate.promise
      return await handler(event)
    })
    await queue.send([outgoing('a', 'q1'), outgoing('a', 'q2')])
    const stopping = queue.stop()
    gate.resolve()
    await stopping
    expect(requestIds()).toEqual(['q1'])
    queue.start(handler)
    await queue.idle()
    expect(requestIds()).toEqual(['q1', 'q2'])
  })

  it('logs a crash by its code only', async () => {
    const { queue, telemetry } = openQueue()
    queue.start(async () => {
      throw new Error('canary-31f')
    })
    await queue.send([outgoing('a')])
    await queue.idle()
    expect(telemetry.lines).toMatchObject([{ level: 'error', fields: { code: 'InternalError' } }])
    expect(JSON.stringify(telemetry.lines)).not.toContain('canary-31f')
  })
})

import { Tracer } from '@aws-lambda-powertools/tracer'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createXrayTrace } from '../../../../lib/adapters/telemetry/xray.ts'
import { SyncError } from '../../../../lib/core/errors.ts'

/** As much of a segment of X-Ray as is used. */
function createSegment() {
  const names: string[] = []
  const events: unknown[] = []
  const subsegment = {
    addFaultFlag: () => void events.push('fault'),
    addAnnotation: (key: string, value: string) => void events.push([key, value]),
    close: (...given: unknown[]) => void events.push(['close', ...given]),
  }
  const addNewSubsegment = (name: string) => {
    names.push(name)
    return subsegment
  }
  return { names, events, addNewSubsegment }
}

let segment: ReturnType<typeof createSegment>

beforeEach(() => {
  segment = createSegment()
})

const traceWith = (isEnabled: boolean) =>
  createXrayTrace({ isTracingEnabled: () => isEnabled, getSegment: () => segment as never })

describe('createXrayTrace', () => {
  it('times a call, and says nothing of what it answers', async () => {
    expect(await traceWith(true)('store.put', async () => 'canary')).toBe('canary')
    expect(segment.names).toEqual(['store.put'])
    expect(segment.events).toEqual([['close']])
  })

  it('marks a failure by its code, without its words', async () => {
    const error = new SyncError('StoreThrottled', { data: { name: 'canary' }, cause: new Error('canary') })
    const failing = traceWith(true)('store.put', async () => {
      throw error
    })
    await expect(failing).rejects.toBe(error)
    expect(segment.events).toEqual(['fault', ['code', 'StoreThrottled'], ['close']])
  })

  it('does nothing where nothing is traced', async () => {
    expect(await traceWith(false)('a', async () => 1)).toBe(1)
    expect(segment.names).toEqual([])
  })

  it('runs with the real tracer outside of Lambda', async () => {
    vi.stubEnv('POWERTOOLS_TRACE_ENABLED', 'false')
    const tracer = new Tracer({ serviceName: 'worker' })
    expect(await createXrayTrace(tracer)('a', async () => 1)).toBe(1)
    vi.unstubAllEnvs()
  })
})

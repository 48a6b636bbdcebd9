import { describe, expect, it } from 'vitest'
import { createHttpStack } from '../../../../lib/adapters/lambda/http-stack.ts'
import { type ErrorCode, errorTable, SyncError } from '../../../../lib/core/errors.ts'
import { createContext, createHttpEvent } from '../../../fakes/lambda-events.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

const codes = Object.keys(errorTable) as ErrorCode[]
const event = createHttpEvent({ routeKey: 'GET /configs' })

async function answerTo(thrown: unknown) {
  const telemetry = createRecordingTelemetry()
  const stack = createHttpStack(async () => {
    throw thrown
  }, telemetry)
  return { answer: await stack(event, createContext()), telemetry }
}

describe('createHttpStack', () => {
  it.each(codes)('answers %s with its status, code and hint', async (code) => {
    const { answer } = await answerTo(new SyncError(code, { data: { path: 'secret/path' }, cause: 'canary' }))
    expect(answer.statusCode).toBe(errorTable[code].status)
    expect(answer.headers?.['Content-Type']).toBe('application/json')
    expect(JSON.parse(answer.body ?? '')).toEqual({ code, hint: errorTable[code].hint })
  })

  it.each([
    ['an error', new Error('canary')],
    [
      'an error that calls itself fit to be shown',
      Object.assign(new Error('canary'), { statusCode: 404, expose: true }),
    ],
    ['a string', 'canary'],
    ['nothing', undefined],
  ])('answers %s with 500 and no text', async (_, thrown) => {
    const { answer, telemetry } = await answerTo(thrown)
    expect(answer.statusCode).toBe(500)
    expect(answer.body).toBeUndefined()
    expect(JSON.stringify([answer, telemetry.lines])).not.toContain('canary')
    expect(telemetry.lines).toEqual([
      { level: 'error', message: 'request refused', fields: { code: 'InternalError' } },
    ])
  })

  it('adds security headers to answers and to refusals', async () => {
    const stack = createHttpStack(async () => ({ statusCode: 204 }), createRecordingTelemetry())
    const answers = [
      await stack(event, createContext()),
      (await answerTo(new SyncError('RouteNotFound'))).answer,
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY' })
    }
  })

  it('passes event and context to the handler and its answer back', async () => {
    const context = createContext()
    const stack = createHttpStack(
      async (...given) => ({ statusCode: 200, body: String(given[0] === event && given[1] === context) }),
      createRecordingTelemetry(),
    )
    expect(await stack(event, context)).toMatchObject({ statusCode: 200, body: 'true' })
  })

  it('shows the middlewares around it answers and no foreign error', async () => {
    const seen: unknown[] = []
    const watch = {
      onError: (request: object) => void seen.push(structuredClone({ ...request, context: null })),
    }
    const stack = createHttpStack(
      async () => {
        throw new Error('canary')
      },
      createRecordingTelemetry(),
      [watch],
    )
    await stack(event, createContext())
    expect(seen).toMatchObject([{ response: { statusCode: 500 } }])
    expect(JSON.stringify(seen)).not.toContain('canary')
  })
})

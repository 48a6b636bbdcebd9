import { describe, expect, it } from 'vitest'
import { createLineTelemetry, silentTelemetry } from '../../../../lib/adapters/telemetry/lines.ts'
import { createFakeClock } from '../../../fakes/clock.ts'

describe('createLineTelemetry', () => {
  it('writes one line of JSON per event, from the minimum level on', () => {
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const telemetry = createLineTelemetry({ write, clock: createFakeClock(), minimumLevel: 'info' })
    telemetry.log('debug', 'hidden')
    telemetry.log('info', 'step done', { step: 'plan', counts: { created: 2 } })
    telemetry.measure('SyncDuration', 3)
    expect(lines).toEqual([
      '{"time":"2026-01-31T08:00:00.000Z","level":"info","message":"step done","step":"plan","counts":{"created":2}}',
    ])
  })

  it('writes text for people, with nothing but the allowed fields', () => {
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const telemetry = createLineTelemetry({
      write,
      clock: createFakeClock(),
      minimumLevel: 'debug',
      format: 'text',
    })
    const fields = {
      configId: 'a/b/c\u001b[2J',
      code: 'GitUnavailable',
      durationMs: 12,
      counts: { created: 2 },
    }
    telemetry.log('warn', 'sync failed', Object.assign(new Error('canary-8d1'), fields))
    expect(lines).toEqual([
      '08:00:00 warn  sync failed configId=a/b/c\\u001b[2J code=GitUnavailable durationMs=12 created=2',
    ])
  })
})

describe('silentTelemetry', () => {
  it('takes everything and says nothing', () => {
    silentTelemetry.log('error', 'step failed')
    silentTelemetry.measure('SyncFailed', 1)
  })
})

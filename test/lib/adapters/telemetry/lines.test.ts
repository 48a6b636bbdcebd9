import { describe, expect, it } from 'vitest'
import { createLineTelemetry } from '../../../../lib/adapters/telemetry/lines.ts'
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
})

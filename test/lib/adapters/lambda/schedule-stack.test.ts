import { describe, expect, it } from 'vitest'
import { createScheduleStack } from '../../../../lib/adapters/lambda/schedule-stack.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createContext } from '../../../fakes/lambda-events.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

describe('createScheduleStack', () => {
  it('passes the result of the pass on', async () => {
    const stack = createScheduleStack(async () => ({ poked: 3 }), createRecordingTelemetry())
    expect(await stack({}, createContext())).toEqual({ poked: 3 })
  })

  it.each([
    [new SyncError('StateUnavailable'), 'StateUnavailable'],
    [new Error('canary'), 'InternalError'],
  ])('throws %s on as a SyncError and logs its code', async (thrown, code) => {
    const telemetry = createRecordingTelemetry()
    const stack = createScheduleStack(async () => {
      throw thrown
    }, telemetry)
    const error = await stack({}, createContext()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code })
    expect(String(error)).not.toContain('canary')
    expect(telemetry.lines).toEqual([{ level: 'error', message: 'pass failed', fields: { code } }])
  })
})

import { expect, it } from 'vitest'
import { createLogNotify } from '../../../../lib/adapters/notify/log.ts'
import { everyEvent, testNotify } from '../../../contracts/notify.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

testNotify('log', async () => {
  const telemetry = createRecordingTelemetry()
  return {
    notify: createLogNotify(telemetry),
    readArrived: () => telemetry.lines.map((line) => JSON.stringify(line)),
  }
})

it('warns of what no other line warns of', async () => {
  const telemetry = createRecordingTelemetry()
  await createLogNotify(telemetry)(everyEvent)
  expect(telemetry.lines.map(({ level, message }) => [message, level])).toEqual([
    ['event: synced', 'info'],
    ['event: failed', 'info'],
    ['event: drifted', 'info'],
    ['event: braked', 'warn'],
    ['event: pruned', 'info'],
    ['event: rewound', 'warn'],
  ])
})

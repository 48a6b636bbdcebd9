import { expect, it } from 'vitest'
import { createPokeSender } from '../../../../lib/sync/reconcile/poke-sender.ts'
import { createRecordingQueue } from '../../../fakes/recording-queue.ts'

const at = '2026-01-31T08:00:00.000Z'

it('sends each poke once, in batches, and the rest at the end', async () => {
  const queue = createRecordingQueue()
  const sender = createPokeSender({ queue }, at)
  for (let n = 0; n < 250; n++) await sender.poke('config', `prod/a/${n}`)
  await sender.poke('config', 'prod/a/0')
  await sender.poke('repository', 'git.test/o/r')
  expect(queue.sent).toHaveLength(200)
  await sender.flush()
  await sender.flush()
  expect(queue.sent).toHaveLength(251)
  expect(queue.sent.at(-1)).toEqual({
    poke: {
      v: 1,
      kind: 'repository',
      id: 'git.test/o/r',
      trigger: 'schedule',
      requestId: `schedule-${at}`,
      requestedAt: at,
    },
    dedupId: `git.test/o/r@${at}`,
  })
  expect(sender.counts()).toEqual({ configs: 250, repositories: 1, sweeps: 0 })
})

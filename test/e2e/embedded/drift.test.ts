import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStoreDatabase } from '../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../lib/adapters/stores/local.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import { type RunningService, startService, waitFor } from './smc.ts'

const edited = 'shop-dev-DATABASE_USER'
const ended = 'shop-prod-DATABASE_USER'
// A sweep a minute, at any second of it.
const sweepTimeMs = 150_000

let service: RunningService

beforeAll(async () => {
  service = await startService()
}, 60_000)

afterAll(async () => {
  await service?.stop()
})

/** The store beside the running service, as somebody who changes it by hand. */
async function byHand(
  change: (store: ReturnType<typeof createLocalStore>) => Promise<unknown>,
): Promise<void> {
  const database = openStoreDatabase(join(service.home, 'secrets.db'))
  const target = { account: '000000000000', region: 'eu-west-1' }
  try {
    await change(createLocalStore({ database, clock: systemClock, target }))
  } finally {
    database.close()
  }
}

describe('a secret that is changed by hand', () => {
  it('is made again as Git says, and the history tells of it', async () => {
    const before = await service.run('secrets', 'get', edited, '--reveal')
    await byHand(async (store) => {
      const value = SecretValue.fromText('by hand')
      await store.put({ name: edited, versionId: 'e'.repeat(64), value, kind: 'string' })
      await store.scheduleDeletion(ended, 7)
    })
    expect(await service.run('secrets', 'get', edited, '--reveal')).toBe('by hand')
    await waitFor(
      async () => (await service.run('secrets', 'get', edited, '--reveal')) === before,
      sweepTimeMs,
    )
    const history = (await service.read('history', 'shop-dev')) as {
      trigger: string
      outcomes: object[]
    }[]
    expect(history[0]).toMatchObject({
      trigger: 'drift',
      outcomes: [{ action: 'relabel', name: edited, result: 'applied', drift: 'edited' }],
    })
    await waitFor(async () => {
      const [latest] = (await service.read('history', 'shop-prod')) as { trigger: string }[]
      return latest?.trigger === 'drift'
    }, sweepTimeMs)
    expect((await service.run('secrets', 'get', ended, '--reveal')).length).toBeGreaterThan(0)
  }, 320_000)
})

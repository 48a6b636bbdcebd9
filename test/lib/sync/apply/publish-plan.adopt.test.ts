import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const foreignId = 'f'.repeat(32)
let shop: RawShop

beforeEach(async () => {
  shop = createRawShop()
  await shop.store.create({
    name: 'api-A',
    versionId: foreignId,
    value: SecretValue.fromText('theirs'),
    kind: 'string',
    tags: { team: 'them' },
  })
  shop.commit('A=1\nB=2')
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const adopting = (versionId: string) => rawConfig({}, { adopt: [{ name: 'api-A', versionId }] })
const actions = (report: Awaited<ReturnType<RawShop['sync']>>) =>
  report.plan?.changes.map(({ action, name, because }) => [action, name, because])

describe('a foreign secret of a wanted name', () => {
  it('is left as it is, and the rest goes on', async () => {
    const report = await shop.sync()
    expect(report.result).toBe('SecretNotOwned')
    expect(actions(report)).toEqual([
      ['create', 'api-B', 'missing'],
      ['conflict', 'api-A', 'not-marked'],
    ])
    expect(await shop.store.describe('api-A')).toMatchObject({ current: foreignId, tags: { team: 'them' } })
  })

  it('is marked and then updated where the config lists it with its version', async () => {
    shop.configs.put(adopting(foreignId))
    const report = await shop.sync()
    expect(report.result).toBe('ReconciliationSucceeded')
    expect(actions(report)).toEqual([
      ['adopt', 'api-A', 'listed-for-adoption'],
      ['create', 'api-B', 'missing'],
      ['update', 'api-A', 'value-changed'],
    ])
    const live = await shop.store.describe('api-A')
    expect(live).toMatchObject({ previous: foreignId, tags: { team: 'them', 'smc-deployment': 'test' } })
    expect(live?.current).not.toBe(foreignId)
  })

  it('is updated like any other once it is adopted', async () => {
    shop.configs.put(adopting(foreignId))
    await shop.sync()
    shop.commit('A=3\nB=2')
    expect(actions(await shop.sync())).toEqual([['update', 'api-A', 'value-changed']])
  })

  it('is taken back from deletion where it is adopted', async () => {
    await shop.store.scheduleDeletion('api-A', 7)
    shop.configs.put(adopting(foreignId))
    expect(actions(await shop.sync())?.slice(0, 2)).toEqual([
      ['restore', 'api-A', 'scheduled-for-deletion'],
      ['adopt', 'api-A', 'listed-for-adoption'],
    ])
    expect(await shop.store.describe('api-A')).not.toHaveProperty('deletionAt')
  })

  it('is left as it is where the config lists another version', async () => {
    shop.configs.put(adopting('e'.repeat(32)))
    const report = await shop.sync()
    expect(actions(report)).toContainEqual(['conflict', 'api-A', 'adopted-version-differs'])
    expect(await shop.store.describe('api-A')).toMatchObject({ current: foreignId, tags: { team: 'them' } })
  })

  it('is left as it is where somebody else writes it between the plan and the mark', async () => {
    shop.configs.put(adopting(foreignId))
    const { describe: really } = shop.store
    let looks = 0
    vi.spyOn(shop.store, 'describe').mockImplementation(async (name) => {
      looks += name === 'api-A' ? 1 : 0
      if (looks === 2) {
        const value = SecretValue.fromText('theirs, new')
        await shop.store.put({ name: 'api-A', versionId: 'd'.repeat(32), value, kind: 'string' })
        looks += 1
      }
      return await really(name)
    })
    const report = await shop.sync()
    expect(report.outcomes).toContainEqual(
      expect.objectContaining({ result: 'failed', code: 'SecretNotOwned' }),
    )
    expect(await really('api-A')).toMatchObject({ current: 'd'.repeat(32), tags: { team: 'them' } })
  })

  it('is ours after a crash between mark and update, and is updated then', async () => {
    shop.configs.put(adopting(foreignId))
    const put = vi.spyOn(shop.store, 'put').mockRejectedValue(new SyncError('StoreUnavailable'))
    await shop.sync()
    put.mockRestore()
    expect(actions(await shop.sync({ trigger: 'manual' }))).toEqual([['update', 'api-A', 'value-changed']])
  })
})

it('refuses the names of the service itself, also for adoption', async () => {
  const policy = { tenancy: 'single', ownPrefix: 'smc/' } as const
  const sync = createSyncConfig({ ...shop.dependencies, policy })
  const run = { deadlineAt: shop.clock.now() + 300_000 }
  const adopt = [{ name: 'smc/webhook', versionId: foreignId }]
  for (const manifest of [rawConfig({ nameTemplate: 'smc/{{key}}' }), rawConfig({}, { adopt })]) {
    shop.configs.put(manifest)
    expect(await sync(shop.poke('a', { trigger: 'manual' }), run)).toMatchObject({ result: 'NotPermitted' })
  }
  expect(shop.writes.filter((call) => ['create', 'put', 'tag'].includes(call))).toEqual(['create'])
})

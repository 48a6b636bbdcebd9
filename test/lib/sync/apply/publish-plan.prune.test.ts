import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { dayMs } from '../../../fakes/clock.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
  prune('schedule')
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const prune = (mode: string, spec: object = {}) => shop.configs.put(rawConfig({}, { prune: mode, ...spec }))
const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => from + n)
    .map((n) => `K${String(n).padStart(3, '0')}=${n}`)
    .join('\n')
const push = async (text: string) => {
  shop.commit(text)
  return await shop.sync()
}
const listEnding = async () =>
  (await shop.store.list()).filter(({ deletionAt }) => deletionAt !== undefined).map(({ name }) => name)
const countDeletions = () => shop.writes.filter((call) => call === 'scheduleDeletion').length

describe('secrets that Git no longer names', () => {
  it('are scheduled for deletion with the window of the config', async () => {
    prune('schedule', { recoveryWindowDays: 7 })
    await push('A=1\nB=2')
    const report = await push('A=1')
    expect(report).toMatchObject({
      result: 'ReconciliationSucceeded',
      outcomes: [{ change: { action: 'delete', name: 'api-B' }, result: 'applied' }],
    })
    const { deletionAt = '' } = (await shop.store.describe('api-B')) ?? {}
    expect(Date.parse(deletionAt) - shop.clock.now()).toBe(7 * dayMs)
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Ready', secretsSynced: 1 } })
  })

  it('are restored and updated when the name returns', async () => {
    await push('A=1\nB=2')
    await push('A=1')
    const report = await push('A=1\nB=3')
    expect(report.plan?.changes.map(({ action, name }) => [action, name])).toEqual([
      ['restore', 'api-B'],
      ['update', 'api-B'],
    ])
    expect(await listEnding()).toEqual([])
  })

  it('are only listed with prune: report, and not even that with prune: off', async () => {
    prune('report')
    await push('A=1\nB=2')
    const report = await push('A=1')
    expect(report).toMatchObject({ plan: { pruning: { unwanted: ['api-B'], held: 'report' } }, outcomes: [] })
    const { conditions = [] } = (await shop.readHead())?.status ?? {}
    expect(conditions.map(({ type }) => type)).toEqual(['Ready', 'Unwanted'])
    prune('off')
    expect((await shop.sync()).plan).not.toHaveProperty('pruning')
    expect(await listEnding()).toEqual([])
  })

  it('stay out of the inventory once they are scheduled, so that a restore by hand holds', async () => {
    await push('A=1\nB=2')
    await push('A=1')
    await shop.store.restore('api-B')
    expect((await push('A=2')).plan).not.toHaveProperty('pruning')
    expect(await listEnding()).toEqual([])
  })

  it('stay where somebody has taken the mark off', async () => {
    await push('A=1\nB=2')
    await shop.store.tag('api-B', { 'smc-owner': 'somebody' })
    expect((await push('A=1')).outcomes).toEqual([])
    expect(await listEnding()).toEqual([])
  })

  it('stay while another secret of the config cannot be written', async () => {
    await push('A=1\nB=2')
    const put = vi.spyOn(shop.store, 'put').mockRejectedValue(new SyncError('StoreThrottled'))
    expect(await push('A=2')).toMatchObject({ outcomes: [{ result: 'failed' }, { result: 'skipped' }] })
    expect(await listEnding()).toEqual([])
    put.mockRestore()
    await shop.sync({ trigger: 'manual' })
    expect(await listEnding()).toEqual(['api-B'])
  })

  it('are only listed for a config that was made anew under its old name', async () => {
    const recreate = (uid: string) => {
      const manifest = rawConfig({}, { prune: 'schedule' })
      shop.configs.put({ ...manifest, metadata: { ...manifest.metadata, uid } })
    }
    recreate('u-1')
    await push('A=1\nB=2\nC=3')
    recreate('u-2')
    expect(await push('A=1\nB=2')).toMatchObject({
      result: 'ReconciliationSucceeded',
      plan: { pruning: { unwanted: ['api-C'], held: 'new-uid' } },
    })
    expect(await listEnding()).toEqual([])
  })
})

describe('the brake', () => {
  it('stops the second push of those that remove 20 of 100 each', async () => {
    await push(keys(0, 100))
    expect((await push(keys(20, 100))).result).toBe('ReconciliationSucceeded')
    expect(await listEnding()).toHaveLength(20)
    const second = await push(keys(40, 100))
    expect(second).toMatchObject({
      result: 'PruneBraked',
      outcomes: [],
      plan: { pruning: { held: 'share', deletions: 40, most: 100 } },
    })
    expect(await listEnding()).toHaveLength(20)
    expect(await shop.readHead()).toMatchObject({
      status: { phase: 'Retrying' },
      nextDueAt: expect.any(String),
    })
  })

  it('lets go after seven days, and by itself when what was removed returns', async () => {
    await push(keys(0, 100))
    await push(keys(20, 100))
    await push(keys(40, 100))
    expect((await push(keys(20, 100))).result).toBe('ReconciliationSucceeded')
    await push(keys(40, 100))
    shop.clock.advance(9 * dayMs)
    expect((await shop.sync({ trigger: 'schedule' })).result).toBe('ReconciliationSucceeded')
    expect(await listEnding()).toHaveLength(40)
  })

  it('holds the last secrets, when all keys are removed and when the repository is emptied', async () => {
    await push(keys(0, 3))
    expect((await push('# nothing')).result).toBe('PruneBraked')
    shop.git.commit('main', {})
    expect(await shop.sync()).toMatchObject({
      result: 'PruneBraked',
      plan: { pruning: { held: 'last-secret' } },
    })
    expect(countDeletions()).toBe(0)
  })

  it('is not even asked when the source, the path or the config is gone', async () => {
    await push(keys(0, 3))
    shop.git.removeBranch('main')
    expect((await shop.sync()).result).toBe('GitRefNotFound')
    shop.commit('A=1', 'elsewhere/file')
    shop.configs.put(rawConfig({ basePath: 'api' }, { prune: 'schedule' }))
    expect((await shop.sync()).result).toBe('PathNotFound')
    shop.configs.remove('GitRepository', 'shop')
    expect((await shop.sync()).result).toBe('SourceNotFound')
    shop.configs.remove('SecretManagerConfig', 'a')
    expect((await shop.sync()).result).toBe('Unchanged')
    expect(countDeletions()).toBe(0)
  })

  it('says once that it holds, however often the schedule looks', async () => {
    await push(keys(0, 3))
    await push('# nothing')
    const before = await shop.state.listHistory('m/shop/a', 10)
    shop.clock.advance(20 * 60_000)
    await shop.sync({ trigger: 'schedule' })
    expect(await shop.state.listHistory('m/shop/a', 10)).toEqual(before)
  })

  it('counts what a run that crashed may have deleted', async () => {
    await push(keys(0, 100))
    const crash = vi.spyOn(shop.state, 'appendHistory').mockRejectedValue(new SyncError('StateUnavailable'))
    await expect(push(keys(20, 100))).rejects.toMatchObject({ code: 'StateUnavailable' })
    crash.mockRestore()
    shop.clock.advance(400_000)
    expect((await push(keys(40, 100))).result).toBe('PruneBraked')
    expect(await listEnding()).toHaveLength(20)
  })
})

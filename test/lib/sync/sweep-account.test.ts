import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import { createReconcileAll } from '../../../lib/sync/reconcile-all.ts'
import { createSweepAccount } from '../../../lib/sync/sweep-account.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../fakes/raw-shop.ts'

const id = '000000000000/eu-west-1'
let shop: RawShop

beforeEach(async () => {
  shop = createRawShop()
  shop.commit('A=1\nB=1')
  await shop.sync()
  shop.clock.advance(10 * minuteMs)
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** One sweep a minute later, and the syncs that it asks for. @returns ids of the configs that it poked */
async function sweep(): Promise<readonly string[]> {
  shop.clock.advance(minuteMs)
  shop.queue.sent.length = 0
  const { poked } = await run()
  for (const { poke } of shop.queue.sent) await shop.sync(poke)
  return poked
}

async function run(changes: object = {}, timeMs = 5 * minuteMs) {
  const poke = shop.poke('', {
    kind: 'sweep',
    id,
    trigger: 'schedule',
    requestId: `s-${shop.clock.now()}`,
    ...changes,
  })
  return await createSweepAccount(shop.dependencies)(poke, { deadlineAt: shop.clock.now() + timeMs })
}

async function editByHand(name: string, version = 'e'.repeat(64)): Promise<void> {
  const value = SecretValue.fromText('by hand')
  await shop.store.put({ name, versionId: version, value, kind: 'string' })
}

describe('a sweep', () => {
  it('is asked for by the scheduled pass', async () => {
    await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
    shop.clock.advance(minuteMs)
    shop.queue.sent.length = 0
    expect(
      await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY }),
    ).toMatchObject({ sweeps: 1 })
    expect(shop.queue.sent).toMatchObject([{ poke: { kind: 'sweep', id, trigger: 'schedule' } }])
  })

  it('pokes nobody, reads no repository and writes nothing where nothing has changed', async () => {
    shop.writes.length = 0
    shop.git.calls.length = 0
    const describes = vi.spyOn(shop.store, 'describe')
    expect(await run()).toEqual({ configs: 1, listed: 2, poked: [], continues: false })
    expect([...shop.writes, ...shop.git.calls, ...shop.queue.sent, ...describes.mock.calls]).toEqual([])
  })

  it('has an edit by hand undone, once', async () => {
    const wanted = await shop.current('api-A')
    await editByHand('api-A')
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(shop.queue.sent).toMatchObject([{ poke: { kind: 'config', trigger: 'drift' } }])
    expect(await shop.current('api-A')).toBe(wanted)
    shop.clock.advance(10 * minuteMs)
    expect(await sweep()).toEqual([])
  })

  it('has a secret made again that was ended by hand, at once or with a window', async () => {
    const wanted = await shop.current('api-A')
    await shop.store.scheduleDeletion('api-A', 7)
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(await shop.store.describe('api-A')).not.toHaveProperty('deletionAt')
    await shop.store.scheduleDeletion('api-A', 7)
    shop.clock.advance(8 * 24 * 60 * minuteMs)
    expect(await shop.current('api-A')).toBeUndefined()
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(await shop.current('api-A')).toBe(wanted)
  })

  it('concludes nothing from a list that may not show the last write yet', async () => {
    shop.commit('A=2\nB=1')
    await shop.sync()
    const { listPage } = shop.store
    const stale = await listPage()
    vi.spyOn(shop.store, 'listPage').mockResolvedValue({
      ...stale,
      secrets: stale.secrets.map((live) =>
        live.name === 'api-A' ? { ...live, current: 'f'.repeat(64) } : live,
      ),
    })
    expect(await sweep()).toEqual([])
    shop.clock.advance(6 * minuteMs)
    expect((await run()).poked).toEqual(['m/shop/a'])
  })

  it('leaves alone a config that was synced while it was listing', async () => {
    const { listPage } = shop.store
    const list = vi.spyOn(shop.store, 'listPage')
    list.mockImplementationOnce(async (...args) => {
      shop.commit('A=2\nB=1')
      await shop.sync()
      return await listPage(...args)
    })
    expect((await run()).poked).toEqual([])
  })

  it('tells of a store that cannot be listed, and is tried again by the next', async () => {
    await editByHand('api-A')
    vi.spyOn(shop.store, 'listPage').mockRejectedValueOnce(new SyncError('StoreAccessDenied'))
    expect((await run()).poked).toEqual([])
    const dimension = { name: 'code', value: 'StoreAccessDenied' }
    expect(shop.telemetry.measures).toContainEqual({ metric: 'SweepFailed', value: 1, dimension })
    expect((await run()).poked).toEqual(['m/shop/a'])
  })

  it.each(['StateUnavailable', 'StateTooNew'] as const)(
    'ends with %s, and does not come back',
    async (code) => {
      vi.spyOn(shop.state, 'readSweep').mockRejectedValueOnce(new SyncError(code))
      expect((await run()).poked).toEqual([])
      const dimension = { name: 'code', value: code }
      expect(shop.telemetry.measures).toContainEqual({ metric: 'SweepFailed', value: 1, dimension })
    },
  )

  it('has nothing to do where nobody publishes', async () => {
    const list = vi.spyOn(shop.store, 'listPage')
    expect(await run({ id: '1/nowhere' })).toMatchObject({ configs: 0, poked: [] })
    expect(list).not.toHaveBeenCalled()
  })
})

describe('drift that policy leaves', () => {
  beforeEach(async () => {
    shop.configs.put(rawConfig({}, { triggerUpdate: false }))
    await shop.sync()
    shop.clock.advance(10 * minuteMs)
  })

  it('is told once, and again when it changes', async () => {
    await editByHand('api-A')
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(await shop.current('api-A')).toBe('e'.repeat(64))
    expect(await sweep()).toEqual([])
    const [entry] = await shop.state.listHistory('m/shop/a', 1)
    expect(entry).toMatchObject({
      trigger: 'drift',
      outcomes: [
        { action: 'drifted', name: 'api-A', result: 'skipped', drift: 'edited', versionId: 'e'.repeat(64) },
      ],
    })
    await editByHand('api-A', 'd'.repeat(64))
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(await sweep()).toEqual([])
    const held = (await shop.readHead())?.status.conditions.find(({ type }) => type === 'Held')
    expect(held).toMatchObject({ reason: 'SecretHeld' })
  })

  it('does not keep a missing secret from being made again', async () => {
    await shop.store.scheduleDeletion('api-A', 7)
    shop.clock.advance(8 * 24 * 60 * minuteMs)
    await sweep()
    expect(await shop.current('api-A')).toBeDefined()
  })
})

describe('the report of drift', () => {
  const found = () => shop.telemetry.measures.filter(({ metric }) => metric.startsWith('Drift'))

  it('is a warning, metrics and a word in the history', async () => {
    await editByHand('api-A')
    await sweep()
    expect(found()).toEqual([
      { metric: 'DriftFound', value: 1, dimension: { name: 'kind', value: 'edited' } },
      { metric: 'DriftRepaired', value: 1 },
    ])
    expect(shop.telemetry.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'drift found',
        fields: expect.objectContaining({
          configId: 'm/shop/a',
          counts: { edited: 1, missing: 0, ending: 0, repaired: 1 },
        }),
      }),
    )
    expect((await shop.state.listHistory('m/shop/a', 1))[0]).toMatchObject({
      trigger: 'drift',
      outcomes: [{ action: 'relabel', name: 'api-A', result: 'applied', drift: 'edited' }],
    })
  })

  it('counts as repaired what waited for the next run', async () => {
    await editByHand('api-A')
    await shop.sync({ trigger: 'drift' }, 0)
    expect(found()).toMatchObject([
      { metric: 'DriftFound', value: 1 },
      { metric: 'DriftRepaired', value: 0 },
    ])
    await shop.sync({ trigger: 'continuation' })
    expect(found().slice(2)).toEqual([{ metric: 'DriftRepaired', value: 1 }])
    expect((await shop.state.listHistory('m/shop/a', 1))[0]).toMatchObject({
      outcomes: [{ action: 'relabel', result: 'applied', drift: 'edited' }],
    })
  })

  it('is left out where the config does not ask for it, and the repair is not', async () => {
    shop.configs.put(rawConfig({}, { diffDiscovery: false }))
    await shop.sync()
    shop.clock.advance(10 * minuteMs)
    const wanted = await shop.current('api-A')
    await editByHand('api-A')
    await sweep()
    expect(await shop.current('api-A')).toBe(wanted)
    expect(found()).toEqual([])
  })
})

describe('a sweep that runs out of time', () => {
  beforeEach(async () => {
    shop.commit(Array.from({ length: 250 }, (_, n) => `K${n}=1`).join('\n'))
    await shop.sync({}, 60 * minuteMs)
    shop.clock.advance(10 * minuteMs)
  })

  /** Runs that have time for one page each. */
  async function runShort(changes: object = {}) {
    shop.queue.sent.length = 0
    return await run(changes, 0)
  }

  it('goes on where it was, and finds what is missing only at the end', async () => {
    await shop.store.scheduleDeletion('api-K0', 7)
    shop.clock.advance(8 * 24 * 60 * minuteMs)
    expect(await runShort({ requestId: 'r' })).toMatchObject({ listed: 100, poked: [], continues: true })
    const [next] = shop.queue.sent
    expect(next?.poke).toMatchObject({ kind: 'sweep', trigger: 'continuation', requestId: 'r' })
    expect(await runShort(next?.poke)).toMatchObject({ listed: 100, poked: [], continues: true })
    const last = await runShort(next?.poke)
    expect(last).toMatchObject({ poked: ['m/shop/a'], continues: false })
    expect(await shop.state.readSweep(id)).toBeNull()
    expect(await runShort(next?.poke)).toMatchObject({ listed: 0, poked: [] })
  })

  it('begins anew where the store has forgotten the page', async () => {
    await runShort()
    vi.spyOn(shop.store, 'listPage').mockRejectedValueOnce(new SyncError('StoreUnavailable'))
    expect(await runShort({ trigger: 'continuation' })).toMatchObject({ listed: 0, continues: false })
    expect((await run()).listed).toBe(252)
  })
})

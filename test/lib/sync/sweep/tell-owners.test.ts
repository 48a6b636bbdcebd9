import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { isWantedElsewhere } from '../../../../lib/core/status/wanted-elsewhere.ts'
import { tellOwners } from '../../../../lib/sync/sweep/tell-owners.ts'
import { createSweepAccount } from '../../../../lib/sync/sweep-account.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let requests = 0

beforeEach(() => {
  shop = createRawShop()
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function sync(name: string) {
  requests += 1
  const poke = shop.poke(name, { requestId: `request-of-${name}-${requests}`, trigger: 'manual' })
  return await createSyncConfig(shop.dependencies)(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs })
}

async function sweep(): Promise<void> {
  shop.clock.advance(minuteMs)
  const poke = shop.poke('', { kind: 'sweep', id: '000000000000/eu-west-1', trigger: 'schedule' })
  await createSweepAccount(shop.dependencies)(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs })
}

/** Adds the config `b`, which wants the names that `a` has; with a template, others. */
function putSecond(secrets: object = {}): void {
  const manifest = rawConfig(secrets)
  shop.configs.put({ ...manifest, metadata: { ...manifest.metadata, name: 'b' } })
}

async function readCondition() {
  return (await shop.readHead())?.status.conditions.find(isWantedElsewhere)
}

describe('two configs that want one name', () => {
  beforeEach(async () => {
    shop.commit('A=1')
    putSecond()
    expect((await sync('a')).result).toBe('ReconciliationSucceeded')
    expect((await sync('b')).result).toBe('SecretOwnedElsewhere')
  })

  it('are told so, both, by the sync of the one that came later, and neither is held up', async () => {
    expect(await readCondition()).toMatchObject({ message: expect.stringContaining('api-A (m/shop/b)') })
    const current = await shop.current('api-A')
    shop.commit('A=2\nB=1')
    expect(await sync('a')).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.current('api-A')).not.toBe(current)
    expect(await readCondition()).toBeDefined()
    expect((await shop.readHead())?.status.phase).toBe('Ready')
    await sync('a')
    expect(shop.configs.statuses.get('a')?.conditions.filter(isWantedElsewhere)).toHaveLength(1)
  })

  it('are looked at once more, the owner alone, so that its resource shows it', async () => {
    expect(shop.queue.sent.map(({ poke: { id, trigger } }) => [id, trigger])).toEqual([
      ['m/shop/a', 'fan-out'],
    ])
    expect(shop.configs.statuses.get('a')?.conditions.filter(isWantedElsewhere)).toEqual([])
    const poke = shop.queue.sent[0]?.poke ?? shop.poke('a')
    shop.writes.length = 0
    await createSyncConfig(shop.dependencies)(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs })
    expect(shop.configs.statuses.get('a')?.conditions.filter(isWantedElsewhere)).toHaveLength(1)
    expect(shop.writes).toEqual([])
  })

  it('are told once: later looks and sweeps write nothing and poke nobody', async () => {
    const before = await shop.readHead()
    shop.writes.length = 0
    shop.queue.sent.length = 0
    await sync('b')
    await sync('a')
    await sweep()
    expect(shop.writes.filter((call) => call !== 'writeRequest')).toEqual([])
    expect(shop.queue.sent).toEqual([])
    expect(await shop.readHead()).toEqual(before)
  })

  it('come to rest where each wants the name of the other', async () => {
    putSecond({ nameTemplate: 'two/{{key}}' })
    await sync('b')
    shop.configs.put(rawConfig({ nameTemplate: 'two/{{key}}' }))
    putSecond()
    shop.queue.sent.length = 0
    for (const name of ['a', 'b', 'a', 'b']) expect((await sync(name)).result).toBe('SecretOwnedElsewhere')
    expect(shop.queue.sent.map(({ poke: { id } }) => id)).toEqual(['m/shop/b', 'm/shop/a'])
    shop.writes.length = 0
    for (const name of ['a', 'b']) await sync(name)
    expect(shop.writes.filter((call) => call !== 'writeRequest')).toEqual([])
  })

  it('are told no more once one of them wants another name', async () => {
    putSecond({ nameTemplate: 'b/{{key}}' })
    expect((await sync('b')).result).toBe('ReconciliationSucceeded')
    expect(await readCondition()).toBeUndefined()
  })

  it('are told no more once one of them is gone', async () => {
    shop.configs.remove('SecretManagerConfig', 'b')
    await sync('b')
    expect(await readCondition()).toBeUndefined()
  })

  it('goes on to be told while the other cannot be looked at', async () => {
    shop.git.failure = new SyncError('GitUnavailable')
    expect((await sync('a')).result).toBe('GitUnavailable')
    expect((await sync('b')).result).toBe('GitUnavailable')
    await sweep()
    expect(await readCondition()).toBeDefined()
  })
})

describe('an owner that could not be told at once', () => {
  beforeEach(async () => {
    shop.commit('A=1')
    putSecond()
    await sync('a')
    vi.spyOn(shop.state, 'listHeads').mockRejectedValueOnce(new SyncError('StateUnavailable'))
    expect((await sync('b')).result).toBe('SecretOwnedElsewhere')
    expect(await readCondition()).toBeUndefined()
  })

  it('is told by the next sweep, once', async () => {
    expect(shop.telemetry.lines).toContainEqual(expect.objectContaining({ message: 'owners not told' }))
    await sweep()
    expect(await readCondition()).toBeDefined()
    shop.writes.length = 0
    await sweep()
    expect(shop.writes).toEqual([])
  })

  it.each(['StateConflict', 'StateTooNew'] as const)('leaves a head for later on %s', async (code) => {
    const heads = await shop.state.listHeads()
    const writeHead = vi.fn().mockRejectedValue(new SyncError(code))
    expect(await tellOwners({ ...shop.dependencies, state: { ...shop.state, writeHead } }, heads)).toEqual(
      heads,
    )
    expect(writeHead).toHaveBeenCalledTimes(1)
    await sweep()
    expect(await readCondition()).toBeDefined()
  })

  it('passes on that the state does not answer', async () => {
    const writeHead = vi.fn().mockRejectedValue(new SyncError('StateUnavailable'))
    const dependencies = { ...shop.dependencies, state: { ...shop.state, writeHead } }
    await expect(tellOwners(dependencies, await shop.state.listHeads())).rejects.toMatchObject({
      code: 'StateUnavailable',
    })
  })
})

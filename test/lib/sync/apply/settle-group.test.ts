import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createAtomicShop, groupNames, readGroup } from '../../../fakes/atomic-shop.ts'
import { crash, createCrashing } from '../../../fakes/crashing.ts'
import { minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop

afterEach(() => {
  vi.restoreAllMocks()
})

/** A sync of a new group, whose process dies at a call. @returns whether it came that far */
async function crashAt(at: number, after: boolean): Promise<boolean> {
  const { dependencies } = createCrashing(shop.dependencies, { at, after })
  const run = createSyncConfig(dependencies)(shop.poke('a', { requestId: 'crashed' }), {
    deadlineAt: shop.clock.now() + 5 * minuteMs,
  })
  return await run.then(
    () => false,
    (thrown) => {
      expect(thrown).toBe(crash)
      return true
    },
  )
}

interface Crashed {
  readonly before: readonly (string | undefined)[]
  readonly between: readonly (string | undefined)[]
}

/** Every way in which a process can die while it publishes a group. */
async function forEachCrash(check: (crashed: Crashed) => Promise<void>): Promise<number> {
  let mixed = 0
  for (let at = 1; ; at++) {
    for (const after of [false, true]) {
      shop = await createAtomicShop()
      onTestFinished(shop.close)
      const before = await readGroup(shop)
      shop.commit('A=2\nB=2\nC=2\nD=1')
      if (!(await crashAt(at, after))) return mixed
      const between = await readGroup(shop)
      const moved = between.filter((version, index) => version !== before[index]).length
      if (moved > 0 && moved < groupNames.length) mixed += 1
      shop.clock.advance(6 * minuteMs)
      await check({ before, between })
    }
  }
}

const isWhole = ({ before }: Crashed, now: readonly (string | undefined)[]) =>
  [0, groupNames.length].includes(now.filter((version, index) => version !== before[index]).length)

describe('a group that a run has left half published', () => {
  it('is published wherever the run died, with each change once in the history', async () => {
    const mixed = await forEachCrash(async ({ before }) => {
      await shop.sync({ trigger: 'schedule' })
      const after = await readGroup(shop)
      expect(after.every((version, index) => version !== before[index])).toBe(true)
      const entries = await shop.state.listHistory('m/shop/a', 99)
      const applied = entries.flatMap(({ outcomes }) => outcomes).filter(({ result }) => result === 'applied')
      const written = applied.map(({ name, versionId }) => `${name} ${versionId}`)
      expect(new Set(written).size).toBe(written.length)
      expect(written).toHaveLength(7)
      expect(await shop.readHead()).not.toHaveProperty('lease')
    })
    expect(mixed).toBeGreaterThan(1)
  })

  it('is made whole also where Git cannot be reached', async () => {
    await forEachCrash(async (crashed) => {
      shop.git.removeBranch('main')
      await shop.sync({ trigger: 'schedule' })
      expect(isWhole(crashed, await readGroup(shop))).toBe(true)
    })
  })

  it('is made whole also where the config was suspended meanwhile, when the lease of the run ends', async () => {
    const mixed = await forEachCrash(async (crashed) => {
      const { lease } = (await shop.readHead()) ?? {}
      shop.configs.put(rawConfig({}, { publish: 'atomic', suspend: true }))
      shop.clock.advance(-6 * minuteMs)
      expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'ConfigSuspended' })
      expect(await readGroup(shop)).toEqual(crashed.between)
      const held = await shop.readHead()
      if (lease) expect(held?.nextDueAt).toBe(lease.until)
      shop.clock.advance(6 * minuteMs)
      if (lease) expect(await shop.state.listDue(formatTime(shop.clock.now()), 9)).toEqual(['m/shop/a'])
      expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ConfigSuspended' })
      expect(isWhole(crashed, await readGroup(shop))).toBe(true)
      const head = await shop.readHead()
      expect(head).toMatchObject({ status: { phase: 'Suspended' } })
      expect(head).not.toHaveProperty('lease')
      expect(head).not.toHaveProperty('nextDueAt')
    })
    expect(mixed).toBeGreaterThan(1)
  })

  it.each([
    ['follows', null],
    ['goes back where a hand was at the rest', 'api-B'],
  ])('%s, where the store had refused to take it back', async (_, touched) => {
    shop = await createAtomicShop()
    onTestFinished(shop.close)
    const before = await readGroup(shop)
    shop.commit('A=2\nB=2\nC=2')
    const { moveCurrent } = shop.store
    let moves = 0
    const moving = vi.spyOn(shop.store, 'moveCurrent').mockImplementation(async (...move) => {
      moves += 1
      if (moves > 1) throw new SyncError('StoreThrottled')
      await moveCurrent(...move)
    })
    expect(await shop.sync()).toMatchObject({ result: 'GroupMixed' })
    expect(await shop.readHead()).toMatchObject({
      status: { phase: 'Retrying' },
      nextDueAt: expect.any(String),
    })
    moving.mockRestore()
    const value = SecretValue.fromText('by hand')
    if (touched) await shop.store.put({ name: touched, versionId: 'f'.repeat(64), value, kind: 'string' })
    shop.git.removeBranch('main')
    shop.clock.advance(11 * minuteMs)
    await shop.sync({ trigger: 'schedule' })
    const moved = (await readGroup(shop)).map((version, index) => version !== before[index])
    expect(moved).toEqual(touched ? [false, true, false] : [true, true, true])
    expect(await shop.readHead()).not.toHaveProperty('lease')
  })

  it('goes back where somebody else has moved one of its labels meanwhile', async () => {
    await forEachCrash(async ({ before, between }) => {
      const index = between.findIndex((version, n) => version === before[n])
      const name = groupNames[index]
      if (name === undefined || between.every((version, n) => version === before[n])) return
      const value = SecretValue.fromText('by hand')
      await shop.store.put({ name, versionId: 'f'.repeat(64), value, kind: 'string' })
      shop.git.removeBranch('main')
      await shop.sync({ trigger: 'schedule' })
      const now = await readGroup(shop)
      expect(now.filter((_, n) => n !== index)).toEqual(before.filter((_, n) => n !== index))
      expect(now[index]).toBe('f'.repeat(64))
    })
  })

  it('never moves a secret that is no longer ours', async () => {
    await forEachCrash(async ({ before, between }) => {
      const index = between.findIndex((version, n) => version === before[n])
      const name = groupNames[index]
      if (name === undefined || between.every((version, n) => version === before[n])) return
      await shop.store.tag(name, { 'smc-owner': 'somebody' })
      shop.git.removeBranch('main')
      await shop.sync({ trigger: 'schedule' })
      expect(await readGroup(shop)).toEqual(before)
    })
  })
})

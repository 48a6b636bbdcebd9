import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { findChanges, type PassState } from '../../../../lib/sync/reconcile/find-changes.ts'
import { createPokeSender, type PokeSender } from '../../../../lib/sync/reconcile/poke-sender.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import {
  createConfigManifest,
  createInMemoryConfigs,
  createRepositoryManifest,
} from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness
let sender: PokeSender

beforeEach(() => {
  harness = createSyncHarness()
  sender = createPokeSender(harness, '2026-01-31T08:00:00.000Z')
})
afterEach(() => {
  vi.restoreAllMocks()
  harness.close()
})

const find = async (changes: Partial<PassState> = {}) => {
  const heads = new Map((await harness.state.listHeads()).map((head) => [head.id, head]))
  const pass = { now: harness.clock.now(), since: null }
  const state = {
    heads,
    intents: new Map(),
    pass,
    startAfter: null,
    stopAt: Number.POSITIVE_INFINITY,
    ...changes,
  }
  const stoppedAt = await findChanges({ ...harness.dependencies, sender }, state)
  await sender.flush()
  return { stoppedAt, poked: harness.queue.sent.map(({ poke }) => poke.id) }
}

describe('findChanges', () => {
  it('leaves a source that does not answer as it is, says so, and goes on with the others', async () => {
    const other = createInMemoryConfigs('other')
    other.put(createConfigManifest('b'))
    harness.configs.put(createRepositoryManifest())
    harness.configs.put(createConfigManifest('a'))
    await createSyncConfig(harness.dependencies)(harness.poke('a'), {
      deadlineAt: harness.clock.now() + 300_000,
    })
    Object.assign(harness.dependencies, { configSources: [harness.configs, other] })
    vi.spyOn(harness.configs, 'listConfigs').mockRejectedValue(new SyncError('ConfigSourceUnavailable'))
    expect((await find()).poked).toEqual(['other/shop/b'])
    expect(harness.telemetry.lines).toContainEqual({
      level: 'error',
      message: 'config source not readable',
      fields: { step: 'm', code: 'ConfigSourceUnavailable' },
    })
  })

  it('lists what configs follow once for all of them, and nothing for configs that are new', async () => {
    const listSources = vi.spyOn(harness.configs, 'listSources')
    for (const name of ['a', 'b', 'c']) harness.configs.put(createConfigManifest(name))
    await find()
    expect(listSources).not.toHaveBeenCalled()
    for (const name of ['a', 'b']) {
      await createSyncConfig(harness.dependencies)(harness.poke(name), {
        deadlineAt: harness.clock.now() + 300_000,
      })
    }
    await find()
    expect(listSources.mock.calls).toEqual([['GitRepository']])
  })

  it('stops in time, and goes on from there', async () => {
    for (const name of ['a', 'b', 'c', 'd']) harness.configs.put(createConfigManifest(name))
    let looks = 0
    vi.spyOn(harness.clock, 'now').mockImplementation(() => looks++)
    const first = await find({ stopAt: 3 })
    expect(first).toEqual({ stoppedAt: 'm/shop/b', poked: ['m/shop/a', 'm/shop/b'] })
    const second = await find({ startAfter: first.stoppedAt, stopAt: Number.POSITIVE_INFINITY })
    expect(second.stoppedAt).toBeNull()
    expect(second.poked).toEqual(['m/shop/a', 'm/shop/b', 'm/shop/c', 'm/shop/d'])
  })

  it('says so where there was no time for a single one', async () => {
    harness.configs.put(createConfigManifest('a'))
    expect(await find({ stopAt: 0 })).toEqual({ stoppedAt: '', poked: [] })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { HistoryOutcome } from '../../../../lib/core/state/records.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { crash, createCrashing } from '../../../fakes/crashing.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** A sync whose process dies at a call. @returns whether it came that far */
async function crashAt(at: number, after: boolean, requestId = 'crashed'): Promise<boolean> {
  const { dependencies } = createCrashing(shop.dependencies, { at, after })
  const run = createSyncConfig(dependencies)(shop.poke('a', { requestId }), {
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

async function listApplied(): Promise<HistoryOutcome[]> {
  const entries = await shop.state.listHistory(id, 99)
  return entries
    .toReversed()
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ result }) => result === 'applied')
}

/** Every way in which a process can die during one sync. */
async function forEachCrash(prepare: () => Promise<void>, check: () => Promise<void>): Promise<number> {
  let crashes = 0
  for (let at = 1; ; at++) {
    for (const after of [false, true]) {
      shop.close()
      shop = createRawShop()
      await prepare()
      const crashed = await crashAt(at, after)
      if (!crashed) return crashes
      crashes += 1
      await check()
    }
  }
}

describe('a run that died', () => {
  it('is in the history with each change once, wherever it died, and what it wrote is not written again', async () => {
    const crashes = await forEachCrash(
      async () => {
        shop.commit('A=1\nB=1')
        await shop.sync()
        shop.commit('A=2\nB=2\nC=2')
      },
      async () => {
        shop.clock.advance(6 * minuteMs)
        expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({
          result: expect.stringMatching(/^(ReconciliationSucceeded|Unchanged)$/),
        })
        const changes = (await listApplied()).map(({ action, name, from }) => [action, name, !!from])
        expect(changes.toSorted()).toEqual([
          ['create', 'api-A', false],
          ['create', 'api-B', false],
          ['create', 'api-C', false],
          ['update', 'api-A', true],
          ['update', 'api-B', true],
        ])
        expect(await shop.readHead()).not.toHaveProperty('lease')
      },
    )
    expect(crashes).toBeGreaterThan(20)
  })

  it('is told apart from the next, even where a newer commit has replaced what it wrote', async () => {
    await forEachCrash(
      async () => {
        shop.commit('A=1')
        await shop.sync()
        shop.commit('A=2')
      },
      async () => {
        const between = await shop.current('api-A')
        shop.clock.advance(6 * minuteMs)
        shop.commit('A=3')
        await shop.sync({ trigger: 'schedule' })
        const versions = (await listApplied()).map(({ versionId }) => versionId)
        expect(new Set(versions).size).toBe(versions.length)
        expect(versions).toContain(between)
        expect(versions.at(-1)).toBe(await shop.current('api-A'))
        const froms = (await listApplied()).map(({ from }) => from)
        expect(froms).toEqual([undefined, ...versions.slice(0, -1)])
      },
    )
  })

  it.each([
    ['secrets', 'api/deployment-configuration/dev/application.secrets.env', 'api-B'],
    ['parameters', 'api/deployment-configuration/dev/application.properties', 'ssm:/api/dev/B'],
  ])('has each deletion of %s in the history once, wherever it died', async (_, path, name) => {
    const crashes = await forEachCrash(
      async () => {
        shop.configs.put(rawConfig({}, { configs: { enabled: true }, prune: 'schedule' }))
        shop.commit('A=1\nB=1', path)
        await shop.sync()
        shop.commit('A=1', path)
      },
      async () => {
        shop.clock.advance(6 * minuteMs)
        await shop.sync({ trigger: 'schedule' })
        const told = (await listApplied()).filter((outcome) => outcome.name === name)
        expect(told).toMatchObject([{ action: 'create' }, { action: 'delete', from: told[0]?.versionId }])
      },
    )
    expect(crashes).toBeGreaterThan(20)
  })

  it('has what it found after a loss of the state in the history once, also where looks fail before the next', async () => {
    for (const failure of [null, new SyncError('GitRefNotFound')]) {
      await forEachCrash(
        async () => {
          shop.commit('A=1\nB=1')
          await shop.sync()
          shop.loseState()
          shop.commit('A=2\nB=1')
        },
        async () => {
          shop.clock.advance(6 * minuteMs)
          shop.git.failure = failure
          await shop.sync({ trigger: 'schedule' })
          shop.git.failure = null
          shop.clock.advance(20 * minuteMs)
          await shop.sync({ trigger: 'schedule' })
          expect((await listApplied()).map(({ name }) => name).toSorted()).toEqual(['api-A', 'api-B'])
        },
      )
    }
  })

  it('leaves a history without gaps, also where a hand was faster than the rest of a group', async () => {
    await forEachCrash(
      async () => {
        shop.configs.put(rawConfig({}, { publish: 'atomic' }))
        shop.commit('A=1\nB=1')
        await shop.sync()
        shop.commit('A=2\nB=2')
      },
      async () => {
        const value = SecretValue.fromText('by hand')
        await shop.store.put({ name: 'api-A', versionId: 'h'.repeat(32), value, kind: 'string' })
        shop.clock.advance(6 * minuteMs)
        await shop.sync({ trigger: 'drift' })
        const applied = await listApplied()
        for (const name of ['api-A', 'api-B']) {
          const versions = applied.filter((outcome) => outcome.name === name)
          expect(versions.map(({ from }) => from)).toEqual([
            undefined,
            ...versions.slice(0, -1).map(({ versionId }) => versionId),
          ])
          expect(versions.at(-1)?.versionId).toBe(await shop.current(name))
        }
      },
    )
  })

  it('leaves no secret to a list that may be older than what it wrote', async () => {
    await forEachCrash(
      async () => {
        shop.commit('A=1\nB=1')
        await shop.sync()
        shop.clock.advance(20 * minuteMs)
        shop.commit('A=2\nB=1')
      },
      async () => {
        const leased = (await shop.readHead())?.lease
        shop.clock.advance(6 * minuteMs)
        const settledAt = formatTime(shop.clock.now())
        shop.git.removeBranch('main')
        await shop.sync({ trigger: 'schedule' })
        const { generation = 0 } = (await shop.readHead()) ?? {}
        const [entry] = await shop.state.readInventory(id, generation)
        if (leased) expect(entry?.writtenAt).toBe(settledAt)
      },
    )
  })

  it('is settled by one run alone, and told as of the request that had begun', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    for (let at = 1; !(await shop.readHead())?.lease; at++) await crashAt(at, true, 'begun')
    shop.clock.advance(6 * minuteMs)
    const { appendHistory } = shop.state
    let other: unknown
    vi.spyOn(shop.state, 'appendHistory').mockImplementationOnce(async (entry) => {
      other = await shop.sync({ trigger: 'schedule' })
      await appendHistory(entry)
    })
    await shop.sync({ trigger: 'schedule' })
    expect(other).toMatchObject({ result: 'LeaseHeld' })
    const entries = await shop.state.listHistory(id, 99)
    expect(entries.filter(({ result }) => result === 'RunInterrupted')).toMatchObject([
      { requestId: 'begun' },
    ])
  })

  it('is not settled by a plan, nor while another run may still be at work', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    let at = 0
    do {
      at += 1
      await crashAt(at, true, `crashed-${at}`)
    } while (!(await shop.readHead())?.lease)
    shop.writes.length = 0
    await shop.sync({ trigger: 'manual', planOnly: true })
    expect(shop.writes).toEqual(['writeRequest'])
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'LeaseHeld' })
  })
})

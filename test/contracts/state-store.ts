import { beforeEach, describe, expect, it } from 'vitest'
import type {
  ConfigHead,
  Delivery,
  HistoryEntry,
  RequestRecord,
  ResolvedRef,
  Watcher,
} from '../../lib/core/state/records.ts'
import type { StateStore } from '../../lib/ports.ts'
import type { FakeClock } from '../fakes/clock.ts'
import { testIntents } from './state-intents.ts'
import { testQuotas } from './state-quotas.ts'
import { testSweeps } from './state-sweeps.ts'
import { testTick } from './state-tick.ts'

export interface StateUnderTest {
  readonly state: StateStore
  readonly clock: FakeClock
  /** Makes every item look as if a newer release had written it. */
  raiseSchema(): Promise<void>
  /** Every item as text, to be searched and compared. */
  dump(): Promise<string>
}

const at = '2026-01-31T08:00:00.000Z'
const entry = (n: number) => ({ name: `secret-${n}`, versionId: 'f', writtenAt: at })
const later = '2026-01-31T08:01:00.000Z'
const coded = (code: string) => expect.objectContaining({ code })

/** The head of a config that was never synced. */
export function createHead(id: string, part: Partial<ConfigHead> = {}): ConfigHead {
  return {
    schema: 1,
    id,
    status: { phase: 'Pending', description: '', conditions: [], secretsSynced: 0 },
    attempt: 0,
    generation: 0,
    ...part,
  }
}

const watcher = (configId: string): Watcher => ({
  configId,
  ref: { branch: 'main' },
  url: 'https://git.test/o/r',
  pullIntervalMs: 300_000,
})
const resolved = (digit: string, resolvedAt: string): ResolvedRef => ({
  revision: { ref: 'main', commit: digit.repeat(40) },
  resolvedAt,
})
const delivery: Delivery = {
  hash: 'h1',
  host: 'github',
  event: 'push',
  receivedAt: at,
  repositories: ['git.test/o/r'],
  requestId: 'q1',
  result: 'queued',
}
const request: RequestRecord = {
  requestId: 'q1',
  configId: 'c/n/a',
  kind: 'plan',
  requestedAt: at,
  state: 'queued',
}
/** An entry of a sync that created `a/b`. */
export const createHistoryEntry = (id: string, part: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at,
  requestId: 'q1',
  trigger: 'webhook',
  revision: null,
  result: 'ReconciliationSucceeded',
  outcomes: [{ action: 'create', name: 'a/b', result: 'applied', versionId: 'f'.repeat(64) }],
  ...part,
})
const history = (time: string) => createHistoryEntry('c/n/a', { at: time })

/** What every state store does. */
export function testStateStore(kind: string, open: () => Promise<StateUnderTest>): void {
  let peer: StateUnderTest
  let state: StateStore

  beforeEach(async () => {
    peer = await open()
    state = peer.state
  })

  testIntents(kind, open)
  testQuotas(kind, open)
  testSweeps(kind, open)
  testTick(kind, open)

  describe(`${kind}: heads`, () => {
    it('writes a head only over the one that was read', async () => {
      expect(await state.readHead('c/n/a')).toBeNull()
      const first = createHead('c/n/a', { nextDueAt: at })
      await state.writeHead(first, null)
      expect(await state.readHead('c/n/a')).toEqual(first)
      await expect(state.writeHead(first, null)).rejects.toEqual(coded('StateConflict'))

      const { nextDueAt: _, ...second } = { ...first, attempt: 1 }
      await state.writeHead(second, first)
      expect(await state.readHead('c/n/a')).toEqual(second)
      await expect(state.writeHead({ ...first, attempt: 2 }, first)).rejects.toEqual(coded('StateConflict'))
      expect(await state.readHead('c/n/a')).toEqual(second)
    })

    it('compares heads by content, not by the order of their fields', async () => {
      await state.writeHead(createHead('c/n/a', { uid: 'u' }), null)
      const { schema, ...rest } = createHead('c/n/a')
      await state.writeHead(createHead('c/n/a', { attempt: 1 }), { uid: 'u', ...rest, schema })
      expect(await state.readHead('c/n/a')).toMatchObject({ attempt: 1 })
    })

    it('lets one of many writers win', async () => {
      const writes = Array.from({ length: 5 }, (_, attempt) =>
        state.writeHead(createHead('c/n/a', { attempt }), null),
      )
      const results = await Promise.allSettled(writes)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('keeps a large head', async () => {
      const writes = Array.from({ length: 20_000 }, (_, n) => ({ name: `team/application-${n}/password` }))
      const revision = { ref: 'main', commit: '0'.repeat(40) }
      const large = createHead('c/n/a', {
        lease: { holder: 'x', trigger: 'webhook', until: at, revision, writes },
      })
      await state.writeHead(large, null)
      expect(await state.readHead('c/n/a')).toEqual(large)
      await state.writeHead(createHead('c/n/a'), large)
      expect(await state.readHead('c/n/a')).toEqual(createHead('c/n/a'))
    })

    it('lists heads by id, and those that are due by time', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `c/n/${String(n).padStart(2, '0')}`)
      for (const [n, id] of ids.entries()) {
        const nextDueAt = `2026-01-31T08:00:00.${String(100 - n).padStart(3, '0')}Z`
        await state.writeHead(createHead(id, n % 2 === 0 ? { nextDueAt } : {}), null)
      }
      expect((await state.listHeads()).map(({ id }) => id)).toEqual(ids)
      expect(await state.listDue('2026-01-31T08:00:00.090Z', 99)).toEqual([
        'c/n/18',
        'c/n/16',
        'c/n/14',
        'c/n/12',
        'c/n/10',
      ])
      expect(await state.listDue(later, 2)).toEqual(['c/n/18', 'c/n/16'])
      expect(await state.listDue('2026-01-31T07:00:00.000Z', 99)).toEqual([])
    })
  })

  describe(`${kind}: generations`, () => {
    const entries = Array.from({ length: 1201 }, (_, n) => entry(n))

    it('keeps the lists of each generation in order', async () => {
      expect(await state.readInventory('c/n/a', 1)).toEqual([])
      await state.writeInventory('c/n/a', 1, entries)
      await state.writeInventory('c/n/a', 2, entries.slice(0, 1))
      await state.writeDependencies('c/n/a', 2, [{ path: 'a.yaml', oid: null }])
      expect(await state.readInventory('c/n/a', 1)).toEqual(entries)
      expect(await state.readInventory('c/n/a', 2)).toEqual(entries.slice(0, 1))
      expect(await state.readDependencies('c/n/a', 2)).toEqual([{ path: 'a.yaml', oid: null }])
      expect(await state.readDependencies('c/n/a', 1)).toEqual([])
      expect(await state.readInventory('c/n/ab', 1)).toEqual([])
    })

    it('replaces a longer list of the same generation', async () => {
      await state.writeInventory('c/n/a', 1, entries)
      await state.writeInventory('c/n/a', 1, entries.slice(0, 2))
      expect(await state.readInventory('c/n/a', 1)).toEqual(entries.slice(0, 2))
    })

    it('drops older generations', async () => {
      for (const generation of [1, 2, 10]) {
        await state.writeInventory('c/n/a', generation, entries.slice(0, generation))
        await state.writeDependencies('c/n/a', generation, [{ path: 'a', oid: 'x' }])
      }
      await state.writeInventory('c/n/b', 1, entries.slice(0, 1))
      await state.dropGenerations('c/n/a', 2)
      expect(await state.readInventory('c/n/a', 1)).toEqual([])
      expect(await state.readInventory('c/n/a', 2)).toHaveLength(2)
      expect(await state.readInventory('c/n/a', 10)).toHaveLength(10)
      expect(await state.readDependencies('c/n/a', 10)).toHaveLength(1)
      expect(await state.readDependencies('c/n/a', 1)).toEqual([])
      expect(await state.readDependencies('c/n/a', 2)).toHaveLength(1)
      expect(await state.readInventory('c/n/b', 1)).toHaveLength(1)
    })
  })

  describe(`${kind}: repositories`, () => {
    it('keeps one watcher for each config', async () => {
      await state.writeWatcher('git.test/o/r', watcher('c/n/b'))
      await state.writeWatcher('git.test/o/r', watcher('c/n/a'))
      await state.writeWatcher('git.test/o/r', { ...watcher('c/n/a'), ref: { tag: 'v1' } })
      await state.writeWatcher('git.test/o/r2', watcher('c/n/c'))
      await state.writeRef('git.test/o/r', 'refs/heads/main', resolved('a', at))
      expect(await state.listWatchers('git.test/o/r')).toEqual([
        { ...watcher('c/n/a'), ref: { tag: 'v1' } },
        watcher('c/n/b'),
      ])
      await state.removeWatcher('git.test/o/r', 'c/n/a')
      await state.removeWatcher('git.test/o/r', 'c/n/a')
      expect(await state.listWatchers('git.test/o/r')).toEqual([watcher('c/n/b')])
      expect(await state.listWatchers('git.test/o')).toEqual([])
    })

    it('keeps where each ref pointed last', async () => {
      expect(await state.readRef('r', 'refs/heads/main')).toBeNull()
      await state.writeRef('r', 'refs/heads/main', resolved('a', at))
      await state.writeRef('r', 'refs/heads/main', resolved('b', later))
      expect(await state.readRef('r', 'refs/heads/main')).toEqual(resolved('b', later))
      expect(await state.readRef('r', 'refs/heads/mai')).toBeNull()
    })
  })

  describe(`${kind}: records`, () => {
    it('forgets deliveries and requests when they expire', async () => {
      await state.writeDelivery(delivery, later)
      await state.writeRequest(request, later)
      peer.clock.advance(59_999)
      expect(await state.readDelivery('h1')).toEqual(delivery)
      expect(await state.readRequest('q1')).toEqual(request)
      peer.clock.advance(1)
      expect(await state.readDelivery('h1')).toBeNull()
      expect(await state.readRequest('q1')).toBeNull()
    })

    it('replaces a request by its answer', async () => {
      await state.writeRequest(request, later)
      await state.writeRequest({ ...request, state: 'done' }, later)
      expect(await state.readRequest('q1')).toMatchObject({ state: 'done' })
    })

    it('lists history newest first', async () => {
      for (const time of [at, later, '2026-01-30T08:00:00.000Z']) await state.appendHistory(history(time))
      expect(await state.listHistory('c/n/a', 2)).toEqual([history(later), history(at)])
      expect(await state.listHistory('c/n/a', 9)).toHaveLength(3)
      expect(await state.listHistory('c/n', 9)).toEqual([])
    })

    it('never changes an entry of the history', async () => {
      await state.appendHistory(history(at))
      await state.appendHistory(history(at))
      await expect(state.appendHistory({ ...history(at), outcomes: [] })).rejects.toEqual(
        coded('StateConflict'),
      )
      expect(await state.listHistory('c/n/a', 9)).toEqual([history(at)])
    })
  })

  describe(`${kind}: items of a newer release`, () => {
    it('are neither read nor touched', async () => {
      const head = createHead('c/n/a', { nextDueAt: at })
      await state.writeHead(head, null)
      await state.writeInventory('c/n/a', 1, [{ name: 'n', versionId: 'v', writtenAt: at }])
      await state.writeWatcher('r', watcher('c/n/a'))
      await state.writeDelivery(delivery, later)
      await state.appendHistory(history(at))
      await state.takeTick(at, 60_000)
      await peer.raiseSchema()
      const before = await peer.dump()
      const attempts = [
        () => state.readHead('c/n/a'),
        () => state.writeHead(head, head),
        () => state.writeHead(head, null),
        () => state.listHeads(),
        () => state.readInventory('c/n/a', 1),
        () => state.writeInventory('c/n/a', 1, []),
        () => state.dropGenerations('c/n/a', 2),
        () => state.listWatchers('r'),
        () => state.writeWatcher('r', watcher('c/n/a')),
        () => state.removeWatcher('r', 'c/n/a'),
        () => state.readDelivery('h1'),
        () => state.writeDelivery(delivery, later),
        () => state.appendHistory({ ...history(at), outcomes: [] }),
        () => state.listHistory('c/n/a', 9),
        () => state.takeTick(later, 60_000),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toEqual(coded('StateTooNew'))
      expect(await peer.dump()).toBe(before)
    })
  })
}

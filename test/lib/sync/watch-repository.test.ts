import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { collectDependencies } from '../../../lib/core/source/dependencies.ts'
import type { ConfigHead, Watcher } from '../../../lib/core/state/records.ts'
import { formatTime } from '../../../lib/core/time.ts'
import { createHead } from '../../../lib/sync/apply/begin-sync.ts'
import { createWatchRepository } from '../../../lib/sync/watch-repository.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

const key = 'git.example/org/shop'
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

async function watch() {
  harness.git.calls.length = 0
  harness.queue.sent.length = 0
  const poke = harness.poke('', { kind: 'repository', id: key })
  return await createWatchRepository(harness.dependencies)(poke)
}

/** A config that was applied at `commit`, having read `paths`. */
async function follow(
  name: string,
  commit: string,
  options: { paths?: string[]; branch?: string; name?: string; phase?: 'Ready' | 'Failed' } = {},
) {
  const { paths = [name], branch = 'main', phase = 'Ready' } = options
  const revision = { ref: branch, commit }
  const mark = { revision, specDigest: '', optionDigest: '' }
  const id = `m/shop/${name}`
  const watcher: Watcher = {
    configId: id,
    ref: options.name === undefined ? { branch } : { name: options.name },
    url: 'https://git.example/org/shop',
    pullIntervalMs: 60_000,
  }
  const head: ConfigHead = {
    ...createHead(await harness.look(name)),
    status: { phase, description: '', conditions: [], secretsSynced: 0 },
    applied: { ...mark, appliedAt: formatTime(0) },
    attempted: mark,
    generation: 1,
  }
  const { tree } = await harness.git.open({ url: watcher.url }, commit)
  await harness.state.writeDependencies(id, 1, collectDependencies(paths, tree))
  await harness.state.writeHead(head, null)
  await harness.state.writeWatcher(key, watcher)
}

describe('a repository look', () => {
  it('pokes just the configs whose files have moved, with one listing and one tree', async () => {
    const first = harness.git.commit('main', { a: '1', b: '1', c: '1' })
    for (const name of ['a', 'b', 'c']) await follow(name, first)
    const second = harness.git.commit('main', { a: '2', b: '1', c: '1' })
    expect(await watch()).toEqual({ watchers: 3, poked: ['m/shop/a'] })
    expect(harness.git.calls).toEqual(['listRefs', `open ${second}`])
    expect(harness.queue.sent).toMatchObject([
      { poke: { kind: 'config', id: 'm/shop/a', trigger: 'fan-out' } },
    ])
  })

  it('stores where the ref points, for the configs that it pokes', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }))
    const commit = harness.git.commit('main', { a: '2' })
    await watch()
    const [sent] = harness.queue.sent
    const stored = await harness.state.readRef(key, 'branch:main')
    expect(stored).toMatchObject({ revision: { ref: 'main', commit } })
    expect((stored?.resolvedAt ?? '') >= (sent?.poke.requestedAt ?? 'z')).toBe(true)
  })

  it('pokes nobody when nothing has moved', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }))
    expect(await watch()).toEqual({ watchers: 1, poked: [] })
    harness.git.commit('main', { a: '1', unrelated: '1' })
    expect(await watch()).toEqual({ watchers: 1, poked: [] })
  })

  it('pokes a failing config on every new commit, since any may mend it', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }), { phase: 'Failed' })
    expect((await watch()).poked).toEqual([])
    harness.git.commit('main', { a: '1', mended: '1' })
    expect((await watch()).poked).toEqual(['m/shop/a'])
  })

  it('notices a file that was looked for and has come, and one that has gone', async () => {
    const first = harness.git.commit('main', { a: '1', b: '1' })
    await follow('a', first, { paths: ['a', 'later'] })
    await follow('b', first)
    harness.git.commit('main', { a: '1', later: '1' })
    expect([...(await watch()).poked].sort()).toEqual(['m/shop/a', 'm/shop/b'])
  })

  it('keeps branches apart', async () => {
    const main = harness.git.commit('main', { a: '1' })
    await follow('a', main)
    await follow('b', harness.git.commit('next', { b: '1' }), { branch: 'next' })
    harness.git.commit('next', { b: '2' })
    expect((await watch()).poked).toEqual(['m/shop/b'])
  })

  it('knows the commit that is followed by the begin of its id, however far the branch has gone', async () => {
    const first = harness.git.commit('main', { a: '1' })
    await follow('a', first, { name: first.slice(0, 7) })
    harness.git.commit('main', { a: '2' })
    expect(await watch()).toEqual({ watchers: 1, poked: [] })
    expect(harness.git.calls).toEqual(['listRefs', `expandCommit ${first.slice(0, 7)}`])
  })

  it('lets each config say for itself that the ref is gone or the server does not answer', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }))
    harness.git.removeBranch('main')
    expect((await watch()).poked).toEqual(['m/shop/a'])
    harness.git.failure = new SyncError('GitUnavailable')
    expect((await watch()).poked).toEqual(['m/shop/a'])
  })

  it('lets each config say for itself that the commit cannot be read', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }))
    harness.git.commit('main', { a: '2' })
    vi.spyOn(harness.git, 'open').mockRejectedValue(new SyncError('GitFetchTooLarge'))
    expect((await watch()).poked).toEqual(['m/shop/a'])
  })

  it('does not put an older finding over a newer one', async () => {
    await follow('a', harness.git.commit('main', { a: '1' }))
    const revision = { ref: 'main', commit: 'f'.repeat(40) }
    const resolvedAt = formatTime(harness.clock.now() + 1)
    await harness.state.writeRef(key, 'branch:main', { revision, resolvedAt })
    await watch()
    expect(await harness.state.readRef(key, 'branch:main')).toEqual({ revision, resolvedAt })
  })

  it('does nothing for a repository that nobody follows', async () => {
    expect(await watch()).toEqual({ watchers: 0, poked: [] })
    expect(harness.git.calls).toEqual([])
  })
})

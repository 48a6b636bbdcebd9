import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { digestSpec } from '../../../lib/core/config/digest-spec.ts'
import type { ConfigHead } from '../../../lib/core/state/records.ts'
import { formatTime } from '../../../lib/core/time.ts'
import { createHead } from '../../../lib/sync/apply/begin-sync.ts'
import { createReconcileAll } from '../../../lib/sync/reconcile-all.ts'
import { openConfig, openSubject, readManifest } from '../../../lib/sync/resolve/open-config.ts'
import { describeWatching } from '../../../lib/sync/resolve/watch-source.ts'
import { createSyncConfig } from '../../../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

const minuteMs = 60_000
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
  harness.configs.put(createRepositoryManifest())
})

afterEach(() => {
  harness.close()
})

/** One pass, a minute after the one before. @returns what it poked */
async function reconcile(): Promise<string[]> {
  harness.queue.sent.length = 0
  harness.clock.advance(minuteMs)
  await createReconcileAll(harness.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
  return harness.queue.sent.map(({ poke }) => `${poke.kind} ${poke.id}`)
}

/** The head of a config that was looked at as it is now. */
async function settle(name: string, changes: Partial<ConfigHead> = {}): Promise<void> {
  const id = `m/shop/${name}`
  const opened = await readManifest(harness.dependencies, id)
  const subject = await openSubject(harness.dependencies, openConfig(opened, id), opened.configSource)
  const specDigest = opened.manifest ? digestSpec(opened.manifest) : ''
  const head: ConfigHead = {
    ...createHead(await harness.look(name)),
    attempted: { specDigest, optionDigest: subject.optionDigest },
    watching: describeWatching(subject),
    ...changes,
  }
  await harness.state.writeHead(head, await harness.state.readHead(id))
}

describe('a scheduled pass', () => {
  it('pokes a config that was never looked at, and one whose spec has changed', async () => {
    harness.configs.put(createConfigManifest('a'))
    expect(await reconcile()).toEqual(['config m/shop/a'])
    await settle('a')
    expect(await reconcile()).not.toContain('config m/shop/a')
    harness.configs.put(createConfigManifest('a', { suffix: 'x' }))
    expect(await reconcile()).toContain('config m/shop/a')
  })

  it('pokes a config whose source has changed', async () => {
    harness.configs.put(createConfigManifest('a'))
    await settle('a')
    harness.configs.put(createRepositoryManifest({ ref: { branch: 'next' } }))
    expect(await reconcile()).toContain('config m/shop/a')
  })

  it('pokes what is due, and what is gone', async () => {
    harness.configs.put(createConfigManifest('a'))
    harness.configs.put(createConfigManifest('b'))
    await settle('a', { nextDueAt: formatTime(harness.clock.now() + minuteMs) })
    await settle('b')
    harness.configs.remove('SecretManagerConfig', 'b')
    const poked = await reconcile()
    expect(poked).toContain('config m/shop/a')
    expect(poked).toContain('config m/shop/b')
  })

  it('pokes each repository once in its interval, not once per config', async () => {
    for (const name of ['a', 'b', 'c']) {
      harness.configs.put(createConfigManifest(name))
      await settle(name)
    }
    await reconcile()
    const passes: string[][] = []
    for (let pass = 0; pass < 10; pass++) passes.push(await reconcile())
    expect(passes.flat()).toEqual(['repository git.example/org/shop', 'repository git.example/org/shop'])
  })

  it('reads the object that many configs follow once', async () => {
    for (const name of ['a', 'b', 'c']) {
      harness.configs.put(createConfigManifest(name))
      await settle(name)
    }
    const listSources = vi.spyOn(harness.configs, 'listSources')
    await reconcile()
    expect(listSources).toHaveBeenCalledTimes(1)
  })

  it('leaves a suspended config alone until its spec changes', async () => {
    harness.configs.put(createConfigManifest('a', {}, { suspend: true }))
    const { attempted } = await (async () => {
      await settle('a')
      return (await harness.state.readHead('m/shop/a')) ?? { attempted: undefined }
    })()
    const status = { phase: 'Suspended', description: '', conditions: [], secretsSynced: 0 } as const
    await settle('a', { status, attempted: { specDigest: attempted?.specDigest ?? '', optionDigest: '' } })
    expect(await reconcile()).not.toContain('config m/shop/a')
  })

  it('pokes a config whose source was suspended and is not any more', async () => {
    harness.configs.put(createConfigManifest('a'))
    harness.configs.put(createRepositoryManifest({ suspend: true }))
    harness.git.commit('main', { 'dev/kustomization.yaml': '' })
    await createSyncConfig(harness.dependencies)(harness.poke('a'), { deadlineAt: harness.clock.now() + 1 })
    expect(await reconcile()).not.toContain('config m/shop/a')
    harness.configs.put(createRepositoryManifest())
    expect(await reconcile()).toContain('config m/shop/a')
  })

  it('yields to another pass of the same minute', async () => {
    harness.configs.put(createConfigManifest('a'))
    await reconcile()
    expect(
      await createReconcileAll(harness.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY }),
    ).toBeNull()
  })

  it('takes no config for gone while a manifest cannot be read', async () => {
    harness.configs.put(createConfigManifest('a'))
    await settle('a')
    harness.configs.remove('SecretManagerConfig', 'a')
    harness.configs.listConfigs = async () => ({
      manifests: [],
      problems: [{ file: 'x.yaml', message: 'broken' }],
    })
    expect(await reconcile()).not.toContain('config m/shop/a')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Manifest } from '../../../../lib/core/config/manifest.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import { describeResource, reconcileAnnotation } from '../../../../lib/core/status/resource-status.ts'
import { judgeManifest } from '../../../../lib/sync/reconcile/judge-manifest.ts'
import {
  createInMemoryConfigs,
  createKustomizationManifest,
  createRepositoryManifest,
  createVariableManifest,
  type InMemoryConfigs,
} from '../../../fakes/in-memory-configs.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const cluster = { name: 'm', argocdNamespace: 'argocd' }
const newer = 'b'.repeat(40)
let shop: RawShop
let live: InMemoryConfigs

const repository = (commit: string, changes: Readonly<Record<string, unknown>> = {}): Manifest => {
  const manifest = createRepositoryManifest()
  const lastUpdateTime = new Date(shop.clock.now()).toISOString()
  return {
    ...manifest,
    metadata: { ...manifest.metadata, generation: 1 },
    status: {
      observedGeneration: 1,
      artifact: { revision: `main@sha1:${commit}`, lastUpdateTime },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Succeeded' }],
      ...changes,
    },
  }
}

beforeEach(() => {
  shop = createRawShop()
  live = createInMemoryConfigs('m', cluster)
  Object.assign(shop.dependencies, { configSources: [live] })
  live.put(rawConfig())
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** Looks at the config, so that what is there now is known. */
async function settle(): Promise<void> {
  live.put(repository(shop.commit('A=1')))
  await shop.sync()
}

async function judge(changes: Partial<Manifest> = {}) {
  const head = (await shop.readHead()) ?? undefined
  const manifest = { ...rawConfig(), status: head && describeResource(head), ...changes }
  const pass = { now: shop.clock.now(), since: null }
  return await judgeManifest(shop.dependencies, {
    source: live,
    manifest,
    id: 'm/shop/a',
    head,
    intent: undefined,
    pass,
  })
}

describe('a config of a cluster', () => {
  it('is poked when it is new and when its spec or its annotation has changed', async () => {
    expect(await judge()).toBe('config')
    await settle()
    expect(await judge()).toBeNull()
    expect(await judge({ spec: { ...(rawConfig().spec as object), suspend: true } })).toBe('config')
    const { metadata } = rawConfig()
    expect(await judge({ metadata: { ...metadata, annotations: { [reconcileAnnotation]: '1' } } })).toBe(
      'config',
    )
  })

  it('is poked through its repository when Flux has found another commit since', async () => {
    await settle()
    shop.clock.advance(120_000)
    live.put(repository(newer))
    expect(await judge()).toEqual({ repository: 'git.example/org/shop' })
    expect(await judge({ spec: { ...(rawConfig().spec as object), suspendGitPulls: true } })).toBe('config')
  })

  it('is left alone where the look has been past what Flux found before', async () => {
    live.put(repository(newer))
    shop.clock.advance(120_000)
    shop.commit('A=1')
    await shop.sync()
    expect(await judge()).toBeNull()
  })

  it('is poked once for each thing that is wrong with its source', async () => {
    await settle()
    live.remove('GitRepository', 'shop')
    expect(await judge()).toBe('config')
    shop.clock.advance(60_000)
    expect((await shop.sync({ trigger: 'schedule' })).error?.code).toBe('SourceNotFound')
    expect(await judge()).toBeNull()
  })

  it.each([
    ['no artifact any more', { artifact: undefined }],
    ['a spec that Flux has not seen', { observedGeneration: 0 }],
  ])('is left alone while its source has %s', async (_, changes) => {
    await settle()
    live.put(repository(newer, changes))
    expect(await judge()).toBeNull()
  })

  it.each(['ConfigSourceUnavailable', 'ClusterForbidden'] as const)('is left alone at %s', async (code) => {
    await settle()
    vi.spyOn(live, 'readSource').mockRejectedValue(new SyncError(code))
    expect(await judge()).toBeNull()
  })

  it('is poked as often as it pulls where its Kustomization has variables in objects', async () => {
    const manifest = rawConfig({ kustomizePath: 'dev', kustomization: { name: 'shop' } })
    const postBuild = { substituteFrom: [{ kind: 'ConfigMap', name: 'public' }] }
    live.put(manifest)
    live.put(createKustomizationManifest({ postBuild }))
    live.put(createVariableManifest('ConfigMap', 'public', { A: 'a' }))
    const text = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {A: "$' + '{A}"}'
    live.put(repository(shop.commit(text, 'dev/a.yaml')))
    expect((await shop.sync()).result).toBe('ReconciliationSucceeded')
    const verdicts = []
    for (let minute = 0; minute < 10; minute++) {
      const since = shop.clock.now()
      shop.clock.advance(60_000)
      const head = (await shop.readHead()) as ConfigHead
      const candidate = { source: live, id: head.id, head, intent: undefined }
      const shown = { ...manifest, status: describeResource(head) }
      const pass = { now: shop.clock.now(), since }
      verdicts.push(await judgeManifest(shop.dependencies, { ...candidate, manifest: shown, pass }))
    }
    expect(verdicts.filter((verdict) => verdict === 'config')).toHaveLength(2)
    expect((await shop.sync({ trigger: 'schedule' })).result).toBe('Unchanged')
    live.put(createVariableManifest('ConfigMap', 'public', { A: 'b' }))
    shop.clock.advance(60_000)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({
      result: 'ReconciliationSucceeded',
      outcomes: [{}],
    })
  })

  it('follows what Flux has applied where it asks for that, and no newer commit', async () => {
    const { spec, ...rest } = rawConfig({ kustomizePath: 'dev', kustomization: { name: 'shop' } })
    const sourceRef = { kind: 'GitRepository', name: 'shop', namespace: 'shop', revision: 'deployed' }
    const manifest = { ...rest, spec: { ...(spec as object), sourceRef } }
    live.put(manifest)
    const commitValue = (value: string) =>
      shop.commit(
        `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {A: ${value}}`,
        'dev/a.yaml',
      )
    const apply = (commit: string) =>
      live.put({ ...createKustomizationManifest(), status: { lastAppliedRevision: `main@sha1:${commit}` } })
    const first = commitValue('a')
    live.put(repository(first))
    apply(first)
    expect((await shop.sync()).result).toBe('ReconciliationSucceeded')
    shop.clock.advance(120_000)
    const second = commitValue('b')
    live.put(repository(second))
    expect(await judge(manifest)).toBeNull()
    expect(await shop.sync()).toMatchObject({ result: 'Unchanged', revision: { commit: first } })
    apply(second)
    expect(await judge(manifest)).toBe('config')
    shop.clock.advance(60_000)
    expect(await shop.sync()).toMatchObject({
      result: 'ReconciliationSucceeded',
      revision: { ref: 'main', commit: second },
    })
  })

  it('is poked when its resource does not show its state', async () => {
    await settle()
    expect(await judge({ status: { phase: 'Pending' } })).toBe('config')
  })

  it('is poked for its resource once in ten minutes', async () => {
    await settle()
    const head = (await shop.readHead()) as ConfigHead
    const verdicts = []
    for (let minute = 0; minute < 20; minute++) {
      const since = shop.clock.now()
      shop.clock.advance(60_000)
      const pass = { now: shop.clock.now(), since }
      const manifest = { ...rawConfig(), status: {} }
      const candidate = { source: live, manifest, id: head.id, head, intent: undefined, pass }
      verdicts.push(await judgeManifest(shop.dependencies, candidate))
    }
    expect(verdicts.filter((verdict) => verdict === 'config')).toHaveLength(2)
  })
})

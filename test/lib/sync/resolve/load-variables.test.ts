import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Manifest } from '../../../../lib/core/config/manifest.ts'
import { isSyncError, SyncError } from '../../../../lib/core/errors.ts'
import {
  dropVersions,
  listVariableSources,
  loadVariables,
} from '../../../../lib/sync/resolve/load-variables.ts'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import {
  createConfigManifest,
  createInMemoryConfigs,
  createKustomizationManifest,
  createRepositoryManifest,
  createVariableManifest,
  type InMemoryConfigs,
} from '../../../fakes/in-memory-configs.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let configs: InMemoryConfigs

const put = (...manifests: readonly Manifest[]) => {
  for (const manifest of manifests) configs.put(manifest)
}
const name = (...substituteFrom: readonly object[]) =>
  put(createKustomizationManifest({ postBuild: { substitute: {}, substituteFrom } }))
const configMap = { kind: 'ConfigMap', name: 'public' }
const secret = { kind: 'Secret', name: 'private' }

async function load() {
  const opened = await readManifest(shop.dependencies, 'm/shop/a')
  const subject = await openSubject(shop.dependencies, openConfig(opened, 'm/shop/a'), opened.configSource)
  return { subject, varied: await loadVariables(subject) }
}

function open(isLive: boolean): void {
  configs = createInMemoryConfigs('m', isLive ? { name: 'm', argocdNamespace: 'argocd' } : null)
  Object.assign(shop.dependencies, { configSources: [configs] })
  const repository = createRepositoryManifest()
  put(
    {
      ...repository,
      metadata: { ...repository.metadata, generation: 1 },
      status: {
        observedGeneration: 1,
        artifact: { revision: `main@sha1:${'a'.repeat(40)}` },
        conditions: [{ type: 'Ready', status: 'True', reason: 'Succeeded' }],
      },
    },
    createConfigManifest('a', { kustomizePath: '', kustomization: { name: 'shop' } }),
  )
}

beforeEach(() => {
  shop = createRawShop()
  open(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

describe('loadVariables', () => {
  it('takes the last object that has a variable, and taints what comes from a Secret', async () => {
    name(configMap, secret)
    put(
      createVariableManifest('ConfigMap', 'public', { A: 'a', B: 'b' }),
      createVariableManifest('Secret', 'private', { B: 'hunter2' }),
    )
    expect((await load()).varied.variables).toEqual(
      new Map([
        ['A', { value: 'a', tainted: false }],
        ['B', { value: 'hunter2', tainted: true }],
      ]),
    )
    name(secret, configMap)
    expect((await load()).varied.variables?.get('B')).toEqual({ value: 'b', tainted: false })
  })

  it('misses an object that is gone, unless it may be', async () => {
    name({ ...configMap, optional: true }, { ...secret, optional: true })
    expect((await load()).varied.variables).toEqual(new Map())
    name(secret)
    await expect(load()).rejects.toMatchObject({
      code: 'SourceNotFound',
      data: { kind: 'Secret', namespace: 'shop', name: 'private' },
    })
  })

  it('does not take a refusal for absence', async () => {
    name({ ...secret, optional: true })
    vi.spyOn(configs, 'readVariables').mockRejectedValue(new SyncError('ClusterForbidden'))
    await expect(load()).rejects.toSatisfy((thrown) => isSyncError(thrown, 'ClusterForbidden'))
  })

  it('reads nothing outside the namespace of the Kustomization', async () => {
    name(configMap)
    const elsewhere = createVariableManifest('ConfigMap', 'public', { A: 'a' })
    put({ ...elsewhere, metadata: { ...elsewhere.metadata, namespace: 'other' } })
    await expect(load()).rejects.toMatchObject({ code: 'SourceNotFound', data: { namespace: 'shop' } })
  })

  it('makes another digest of another version, and of the same version the same', async () => {
    name(configMap)
    put(createVariableManifest('ConfigMap', 'public', { A: 'a' }))
    const [first, again] = [await load(), await load()]
    put(createVariableManifest('ConfigMap', 'public', { A: 'b' }))
    const changed = await load()
    const digests = [first, again, changed].map(({ varied }) => varied.optionDigest)
    expect([digests[0] === digests[1], digests[1] === digests[2]]).toEqual([true, false])
    expect(digests.map(dropVersions)).toEqual(Array(3).fill(first.subject.optionDigest))
  })

  it('digests no value, in files neither', async () => {
    open(false)
    name(configMap)
    put(createVariableManifest('ConfigMap', 'public', { A: 'a' }))
    const { subject, varied } = await load()
    put(createVariableManifest('ConfigMap', 'public', { A: 'b' }))
    expect([varied.optionDigest, (await load()).varied.optionDigest]).toEqual(
      Array(2).fill(subject.optionDigest),
    )
  })

  it('asks for nothing where nothing is named', async () => {
    name()
    const { subject, varied } = await load()
    expect(varied).toBe(subject)
    expect(listVariableSources(subject.source)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../lib/core/config/parse/parse-config.ts'
import { parseSource } from '../../../../lib/core/source/parse-source.ts'
import { followKustomization } from '../../../../lib/sync/resolve/follow-kustomization.ts'
import {
  createConfigManifest,
  createInMemoryConfigs,
  createKustomizationManifest,
  createRepositoryManifest,
} from '../../../fakes/in-memory-configs.ts'

const source = parseSource(createRepositoryManifest())
const parse = (kustomization?: Readonly<Record<string, string>>) =>
  parseConfig(createConfigManifest('a', { kustomizePath: '', ...(kustomization && { kustomization }) }), 'm')

describe('followKustomization', () => {
  it('asks for nothing where the config names none', async () => {
    const config = parse()
    const configs = createInMemoryConfigs()
    configs.put(createKustomizationManifest({ namePrefix: 'p-' }))
    expect(await followKustomization({ config, source }, configs)).toEqual({ config, source })
  })

  it('takes directory and settings of the one that it names', async () => {
    const config = parse({ name: 'shop' })
    const configs = createInMemoryConfigs()
    configs.put(createKustomizationManifest({ namePrefix: 'p-' }))
    expect(await followKustomization({ config, source }, configs)).toMatchObject({
      config: { ...config, secrets: { kustomizePath: 'dev' } },
      source: { path: 'dev', overlay: { by: 'flux', namePrefix: 'p-' } },
    })
  })

  it('misses one that is gone', async () => {
    const config = parse({ name: 'shop', namespace: 'flux-system' })
    await expect(followKustomization({ config, source }, createInMemoryConfigs())).rejects.toMatchObject({
      code: 'SourceNotFound',
      data: { kind: 'Kustomization', namespace: 'flux-system', name: 'shop' },
    })
  })

  it('holds in a cluster what Flux does not apply, and takes the revision that it applied where that is asked for', async () => {
    const cluster = createInMemoryConfigs('m', { name: 'm', argocdNamespace: 'argocd' })
    const commit = 'a'.repeat(40)
    const conditions = [{ type: 'Ready', status: 'False', reason: 'BuildFailed' }]
    const status = { conditions, lastAppliedRevision: `main@sha1:${commit}` }
    const manifest = { ...createKustomizationManifest(), status }
    cluster.put(manifest)
    const config = parse({ name: 'shop' })
    await expect(followKustomization({ config, source }, cluster)).rejects.toMatchObject({
      code: 'SourceNotReady',
      data: { reason: 'BuildFailed' },
    })
    const deployed = { ...config, choice: { revision: 'deployed' } as const }
    expect((await followKustomization({ config: deployed, source }, cluster)).source.pinned).toEqual({
      ref: 'main',
      commit,
    })
    const suspended = { ...createKustomizationManifest({ suspend: true }), status }
    cluster.put(suspended)
    expect((await followKustomization({ config, source }, cluster)).source.suspended).toBe(true)
    const files = createInMemoryConfigs()
    files.put(manifest)
    expect((await followKustomization({ config, source }, files)).source.pinned).toBeUndefined()
    await expect(followKustomization({ config: deployed, source }, files)).rejects.toMatchObject({
      code: 'SourceUnsupported',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../lib/core/config/parse-config.ts'
import { parseSource } from '../../../lib/core/source/parse-source.ts'
import { followKustomization } from '../../../lib/sync/follow-kustomization.ts'
import {
  createConfigManifest,
  createInMemoryConfigs,
  createKustomizationManifest,
  createRepositoryManifest,
} from '../../fakes/in-memory-configs.ts'

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
})

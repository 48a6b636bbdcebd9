import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

const id = 'm/shop/a'
const open = async () => {
  const opened = await readManifest(harness.dependencies, id)
  return await openSubject(harness.dependencies, openConfig(opened, id), opened.configSource)
}

describe('readManifest', () => {
  it('gives null for a config that is gone, and refuses a source that nobody has', async () => {
    expect((await readManifest(harness.dependencies, id)).manifest).toBeNull()
    await expect(readManifest(harness.dependencies, 'other/shop/a')).rejects.toMatchObject({
      code: 'ConfigNotFound',
    })
  })
})

describe('openSubject', () => {
  it('reads config and source and marks the source by its content', async () => {
    harness.configs.put(createConfigManifest('a'))
    harness.configs.put(createRepositoryManifest())
    const first = await open()
    expect(first).toMatchObject({ repositoryKey: 'git.example/org/shop', config: { id } })
    expect((await open()).optionDigest).toBe(first.optionDigest)
    harness.configs.put(createRepositoryManifest({ ref: { branch: 'next' } }))
    expect((await open()).optionDigest).not.toBe(first.optionDigest)
  })

  it('takes the login from the config and the proxy from the source', async () => {
    const sourceRef = {
      kind: 'GitRepository',
      name: 'shop',
      namespace: 'shop',
      gitCredentials: { name: 'own' },
    }
    harness.configs.put(createConfigManifest('a', {}, { sourceRef }))
    harness.configs.put(
      createRepositoryManifest({ secretRef: { name: 'flux' }, proxySecretRef: { name: 'p' } }),
    )
    expect((await open()).source.credentials).toEqual({
      namespace: 'shop',
      name: 'own',
      proxy: { namespace: 'shop', name: 'p' },
    })
  })

  it.each([
    ['SourceNotFound', null],
    ['SourceSuspended', { suspend: true }],
    ['SourceUnsupported', { recurseSubmodules: true }],
  ])('ends as %s', async (code, spec) => {
    harness.configs.put(createConfigManifest('a'))
    if (spec) harness.configs.put(createRepositoryManifest(spec))
    await expect(open()).rejects.toMatchObject({ code })
  })
})

describe('openConfig', () => {
  it('refuses an unknown field', async () => {
    harness.configs.put(createConfigManifest('a', {}, { unheardOf: 1 }))
    await expect(open()).rejects.toMatchObject({ code: 'ConfigInvalid' })
  })
})

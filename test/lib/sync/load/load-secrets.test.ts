import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Dependency } from '../../../../lib/core/state/records.ts'
import { loadSecrets } from '../../../../lib/sync/load/load-secrets.ts'
import { loadVariables } from '../../../../lib/sync/resolve/load-variables.ts'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import {
  createConfigManifest,
  createKustomizationManifest,
  createVariableManifest,
} from '../../../fakes/in-memory-configs.ts'
import { createApplication } from '../../../fakes/manifests.ts'
import { createRawShop, type RawShop, rawPath, sealedEnv } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  shop.close()
})

async function load(commit: string, known: readonly Dependency[] = []) {
  const opened = await readManifest(shop.dependencies, 'm/shop/a')
  const subject = await openSubject(shop.dependencies, openConfig(opened, 'm/shop/a'), opened.configSource)
  const mark = { revision: { ref: 'main', commit }, specDigest: '', optionDigest: '' }
  return await loadSecrets(shop.dependencies, { subject: await loadVariables(subject), mark }, known)
}

describe('loadSecrets', () => {
  it('gives the values of raw mode, what is disabled, and what was read', async () => {
    const { entries, disabled, dependencies } = await load(shop.commit(sealedEnv))
    expect(entries.map(({ prefix, key }) => [prefix, key])).toEqual([
      ['api', 'PASSWORD'],
      ['api', 'USER'],
    ])
    expect(disabled).toEqual([{ prefix: 'api', object: 'secrets', key: 'OLD' }])
    expect(dependencies).toMatchObject([{ path: '', oid: expect.stringMatching(/^[0-9a-f]{40}$/) }])
    expect(shop.git.calls.filter((call) => call.startsWith('read'))).toEqual(['read 1'])
  })

  it('gives the values of the Secrets of an overlay', async () => {
    const { configs, git } = shop
    configs.put(createConfigManifest('a', { kustomizePath: 'dev' }))
    const commit = git.commit('main', {
      'dev/kustomization.yaml': 'resources: [../base]\nsecretGenerator: [{name: db, envs: [db.env]}]',
      'dev/db.env': sealedEnv,
      'base/kustomization.yaml': 'configMapGenerator: [{name: public, literals: [a=1]}]',
    })
    const { entries, disabled, dependencies } = await load(commit)
    expect(entries.map(({ prefix, key, origin }) => [prefix, key, origin.name])).toEqual([
      ['a', 'PASSWORD', 'db'],
      ['a', 'USER', 'db'],
    ])
    expect(disabled).toEqual([])
    expect(dependencies.filter(({ oid }) => oid !== null).map(({ path }) => path)).toEqual([
      'base/kustomization.yaml',
      'dev/db.env',
      'dev/kustomization.yaml',
    ])
    expect(git.calls.filter((call) => call.startsWith('read'))).toEqual(['read 1', 'read 2'])
  })

  it('publishes all sources of an Application together, of equal objects the last', async () => {
    const repoURL = 'https://git.example/org/shop.git'
    const kustomize = { namePrefix: 'app-' }
    const sources = [
      { repoURL, targetRevision: 'main', path: 'one', kustomize },
      { repoURL, ref: 'values' },
      { repoURL, targetRevision: 'main', path: 'two' },
    ]
    shop.configs.put(createApplication({ sources }))
    const sourceRef = { kind: 'Application', name: 'app', namespace: 'argocd', source: '*' }
    shop.configs.put(createConfigManifest('a', { kustomizePath: undefined }, { sourceRef }))
    const secret = (name: string, key: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\nstringData: {${key}: v}`
    const commit = shop.git.commit('main', {
      'one/kustomization.yaml': 'resources: [a.yaml, b.yaml]',
      'one/a.yaml': secret('db', 'FIRST'),
      'one/b.yaml': secret('api', 'API'),
      'two/a.yaml': secret('app-db', 'LAST'),
      'three/a.yaml': secret('other', 'OTHER'),
    })
    const { entries, dependencies } = await load(commit)
    expect(entries.map(({ key, origin }) => [origin.name, key])).toEqual([
      ['app-db', 'LAST'],
      ['app-api', 'API'],
    ])
    const paths = dependencies.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['one/a.yaml', 'two/a.yaml']))
    expect(paths).not.toContain('three/a.yaml')
  })

  it.each([
    ['dev', 'app-db'],
    ['base', 'db'],
  ])('takes what an Application says of dev into account for %s', async (kustomizePath, name) => {
    const source = { repoURL: 'https://git.example/org/shop.git', targetRevision: 'main', path: 'dev' }
    const kustomize = { namePrefix: 'app-' }
    shop.configs.put(createApplication({ source: { ...source, kustomize } }))
    const sourceRef = { kind: 'Application', name: 'app', namespace: 'argocd' }
    shop.configs.put(createConfigManifest('a', { kustomizePath }, { sourceRef }))
    const commit = shop.git.commit('main', {
      'dev/kustomization.yaml': 'resources: [../base]',
      'base/kustomization.yaml': 'secretGenerator: [{name: db, literals: [a=b]}]',
    })
    expect((await load(commit)).entries.map(({ origin }) => origin.name)).toEqual([name])
  })

  it('builds what a Kustomization of Flux applies', async () => {
    const postBuild = { substitute: { pass: 'word' } }
    shop.configs.put(createKustomizationManifest({ nameSuffix: '-x', postBuild }))
    shop.configs.put(createConfigManifest('a', { kustomizePath: '', kustomization: { name: 'shop' } }))
    const secret = (text: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {text: "${text}"}`
    const commit = shop.git.commit('main', {
      'dev/secret.yaml': secret('a $' + '{pass}'),
      'a.yaml': secret(''),
    })
    const { entries } = await load(commit)
    expect(
      entries.map(({ key, payload, origin }) => [
        origin.name,
        key,
        Buffer.from(payload.value.reveal()).toString(),
      ]),
    ).toEqual([['db-x', 'text', 'a word']])
  })

  it.each([
    ['kind: Secret\nmetadata: {name: db}\nstringData: {text: "a $' + '{pass}"}', null],
    ['kind: Secret\nmetadata: {name: "a-$' + '{pass}"}', 'SecretInPublicField'],
    ['kind: Secret\nmetadata: {name: db, labels: {l: "$' + '{pass}"}}', 'SecretInPublicField'],
    ['kind: Secret\nmetadata: {name: db, annotations: {l: "$' + '{pass}"}}', 'SecretInPublicField'],
    ['kind: ConfigMap\nmetadata: {name: db}\ndata: {text: "$' + '{pass}"}', 'SecretInPublicField'],
    ['kind: ConfigMap\nmetadata: {name: "$' + '{free}"}\ndata: {text: "$' + '{free}"}', null],
  ])('lets variables of a Secret end in values of Secrets alone: %j', async (text, code) => {
    const substituteFrom = [
      { kind: 'ConfigMap', name: 'public' },
      { kind: 'Secret', name: 'private' },
    ]
    shop.configs.put(createKustomizationManifest({ postBuild: { substituteFrom } }))
    shop.configs.put(createConfigManifest('a', { kustomizePath: '', kustomization: { name: 'shop' } }))
    shop.configs.put(createVariableManifest('ConfigMap', 'public', { pass: 'public', free: 'f' }))
    shop.configs.put(createVariableManifest('Secret', 'private', { pass: 'hunter2' }))
    const loading = load(shop.git.commit('main', { 'dev/a.yaml': `apiVersion: v1\n${text}` }))
    const loaded = await loading.catch((thrown: unknown) => thrown)
    if (code !== null) {
      expect(loaded).toMatchObject({ code })
      expect(JSON.stringify(loaded)).not.toContain('hunter2')
    } else {
      const { entries } = loaded as Awaited<typeof loading>
      const values = entries.map(({ payload }) => Buffer.from(payload.value.reveal()).toString())
      expect(values).toEqual(text.includes('kind: Secret') ? ['a hunter2'] : [])
    }
  })

  it('refuses an overlay that makes a decrypted value public', async () => {
    shop.configs.put(createConfigManifest('a', { kustomizePath: 'dev' }))
    const commit = shop.git.commit('main', {
      'dev/kustomization.yaml': 'configMapGenerator: [{name: public, envs: [db.env]}]',
      'dev/db.env': sealedEnv,
    })
    await expect(load(commit)).rejects.toMatchObject({ code: 'SecretInPublicField' })
  })

  it('opens a data key once for all syncs of a tenant', async () => {
    const unwrapped = vi.fn()
    const { keyServices } = shop.dependencies
    vi.spyOn(shop.dependencies, 'keyServices').mockImplementation(async (config) =>
      (await keyServices(config)).map((service) => ({
        ...service,
        unwrap: async (entry) => {
          unwrapped()
          return await service.unwrap(entry)
        },
      })),
    )
    await load(shop.commit(sealedEnv))
    await load(shop.commit(sealedEnv.replace('#', '# ')))
    expect(unwrapped).toHaveBeenCalledTimes(1)
  })

  it('fetches what the last build read in one batch, whatever its layers', async () => {
    shop.configs.put(createConfigManifest('a', { kustomizePath: 'dev' }))
    const layer = (resource: string) => `resources: [${resource}]\n`
    const files = {
      'dev/kustomization.yaml': layer('../base'),
      'base/kustomization.yaml': layer('s.yaml'),
      'base/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {A: "1"}\n',
    }
    const { dependencies } = await load(shop.git.commit('main', files))
    const layered = shop.git.calls.filter((call) => call.startsWith('read'))
    expect(layered.length).toBeGreaterThan(1)
    shop.git.calls.length = 0
    const { entries } = await load(shop.git.commit('main', files), dependencies)
    expect(entries).toHaveLength(1)
    expect(shop.git.calls.filter((call) => call.startsWith('read'))[0]).toBe('read 3')
  })

  it('names the file that cannot be read', async () => {
    const broken = shop.commit(sealedEnv.replace(/data:..../, 'data:AAAA'))
    await expect(load(broken)).rejects.toMatchObject({ code: 'SopsValueTampered', data: { file: rawPath } })
  })
})

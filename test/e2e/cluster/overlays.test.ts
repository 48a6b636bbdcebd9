import { beforeEach, describe, expect, it } from 'vitest'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createApplication, createProject } from './scene/argo-cd.ts'
import { createKustomization, createRepository } from './scene/flux.ts'
import { createConfig, type Fields } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

/** One secret for each Kubernetes Secret, so that its name shows. */
const layout = { environment: 'dev', layout: 'secret', nameTemplate: 'web/{{name}}' }
const patch = '- { op: replace, path: /stringData/PASSWORD, value: patched }'
const patches = [{ target: { kind: 'Secret', name: 'db' }, patch }]
const secretOf = (name: string, password: string) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { PASSWORD: password } })
const filesOf = (password: string) => ({
  'app/kustomization.yaml': 'resources: [secret.yaml]\n',
  'app/secret.yaml': secretOf('db', password),
  'plain/nested/secret.yaml': secretOf('plain', password),
  'other/kustomization.yaml': 'resources: [secret.yaml]\n',
  'other/secret.yaml': secretOf('other', password),
})

describeCluster('an overlay of a cluster', (cluster) => {
  const scene = setScene(cluster)
  const commit = (password: string) => scene.repository.commit(filesOf(password))
  const read = (name: string) => JSON.parse(scene.service.secret(name) ?? 'null')

  describe('that Flux applies', () => {
    const sourceRef = { kind: 'GitRepository', name: 'shop', namespace: 'apps' }
    const kustomization = { name: 'shop' }
    const fetch = async (id: string) =>
      await scene.fetch(createRepository('shop', { url: `${scene.git.url}/org/shop.git` }), id)

    it('is published with names and patches of its Kustomization', async () => {
      await fetch(commit('base'))
      await scene.apply(createKustomization('shop', { path: './app', namePrefix: 'eu-', patches }))
      await scene.apply(createConfig('web', { sourceRef, secrets: { ...layout, kustomization } }))
      await scene.service.pass()
      expect(read('web/eu-db')).toEqual({ PASSWORD: 'patched' })
    })

    it('is published anew when the Kustomization changes', async () => {
      await fetch(commit('base'))
      await scene.apply(createKustomization('shop', { path: './app' }))
      await scene.apply(createConfig('web', { sourceRef, secrets: { ...layout, kustomization } }))
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'base' })
      await scene.apply(createKustomization('shop', { path: './app', patches }))
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'patched' })
    })

    it('is published once it is deployed, where the config says so', async () => {
      const object = createKustomization('shop', { path: './app' })
      const config = createConfig('web', {
        sourceRef: { ...sourceRef, revision: 'deployed' },
        secrets: { ...layout, kustomization },
      })
      const deploy = async (id: string) =>
        await cluster.plane.admin.applyStatus(object, { lastAppliedRevision: `main@sha1:${id}` })
      const first = commit('first')
      await fetch(first)
      await scene.apply(object, config)
      await scene.service.pass()
      expect(await scene.ready(config)).toMatchObject({ reason: 'SourceNotReady' })
      await deploy(first)
      await scene.service.pass(3)
      expect(read('web/db')).toEqual({ PASSWORD: 'first' })
      const second = commit('second')
      await fetch(second)
      await scene.service.pass(6)
      expect(read('web/db')).toEqual({ PASSWORD: 'first' })
      await deploy(second)
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'second' })
    })
  })

  describe('that Argo CD applies', () => {
    const sourceRef = { kind: 'Application', name: 'shop', namespace: 'argocd' }
    const configAt = (kustomizePath: string, choice: Fields = {}) =>
      createConfig('web', { sourceRef: { ...sourceRef, ...choice }, secrets: { ...layout, kustomizePath } })
    const sourceAt = (path: string, block: Fields = {}) => ({
      repoURL: `${scene.git.url}/org/shop.git`,
      path,
      targetRevision: 'main',
      ...block,
    })
    beforeEach(async () => await scene.apply(createProject('default')))

    it('is published with names and patches of its Application', async () => {
      const source = sourceAt('app', { kustomize: { namePrefix: 'eu-', patches } })
      await scene.compare(createApplication('shop', source), commit('base'))
      await scene.apply(configAt('app'))
      await scene.service.pass()
      expect(read('web/eu-db')).toEqual({ PASSWORD: 'patched' })
    })

    it('may be a directory of manifests', async () => {
      const source = sourceAt('plain', { directory: { recurse: true } })
      await scene.compare(createApplication('shop', source), commit('base'))
      await scene.apply(configAt('plain'))
      await scene.service.pass()
      expect(read('web/plain')).toEqual({ PASSWORD: 'base' })
    })

    it('may be one of several sources, by name or by directory', async () => {
      const sources = [{ ...sourceAt('app'), name: 'app' }, sourceAt('other')]
      await scene.compare(createApplication('shop', sources), commit('base'))
      await scene.apply(configAt('app', { source: 'app' }))
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'base' })
      await scene.apply(createConfig('more', { sourceRef, secrets: { ...layout, kustomizePath: 'other' } }))
      await scene.service.pass()
      expect(read('web/other')).toEqual({ PASSWORD: 'base' })
    })

    it('may be all sources together', async () => {
      await scene.compare(createApplication('shop', [sourceAt('app'), sourceAt('other')]), commit('base'))
      await scene.apply(createConfig('web', { sourceRef: { ...sourceRef, source: '*' }, secrets: layout }))
      await scene.service.pass()
      expect([read('web/db'), read('web/other')]).toEqual([{ PASSWORD: 'base' }, { PASSWORD: 'base' }])
    })

    it('is published once it is deployed, where the config says so', async () => {
      const source = sourceAt('app')
      const application = createApplication('shop', source)
      const deploy = async (id: string, history: readonly string[]) => {
        await scene.compare(application, id)
        const { status } = (await scene.read(application)) ?? application
        const deployments = history.map((revision, n) => ({
          id: n,
          revision,
          source,
          deployedAt: '2026-01-01T00:00:00Z',
        }))
        await scene.apply({ ...application, status: { ...Object(status), history: deployments } })
      }
      const first = commit('first')
      await deploy(first, [first])
      await scene.apply(configAt('app', { revision: 'deployed' }))
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'first' })
      const second = commit('second')
      await deploy(second, [first])
      await scene.service.pass(6)
      expect(read('web/db')).toEqual({ PASSWORD: 'first' })
      await deploy(second, [first, second])
      await scene.service.pass()
      expect(read('web/db')).toEqual({ PASSWORD: 'second' })
    })
  })
})

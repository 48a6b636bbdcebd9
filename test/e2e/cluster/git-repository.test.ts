import { expect, it } from 'vitest'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { readConfigTable } from './scene/config-table.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig, envFile, type Fields } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

describeCluster('a GitRepository of a cluster', (cluster) => {
  const scene = setScene(cluster)
  const config = createConfig('web')
  const url = () => `${scene.git.url}/org/shop.git`
  const source = (spec: Fields = {}) => createRepository('shop', { url: url(), ...spec })
  const resourceVersion = async () => (await scene.read(config))?.metadata['resourceVersion']

  it('leads from a push to a secret and back to the resource', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
    const second = scene.push('PASSWORD=two')
    await scene.fetch(source(), second)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    expect(await scene.status(config)).toMatchObject({
      phase: 'Ready',
      description: 'Successfully synced 1 secrets',
      secretsSynced: 1,
      observedGeneration: 1,
      lastAppliedRevision: `main@sha1:${second}`,
      decryptionStatus: 'Success',
      lastReconcileTime: expect.any(String),
      nextReconcileTime: expect.any(String),
    })
    expect(await scene.ready(config)).toMatchObject({ status: 'True', reason: 'ReconciliationSucceeded' })
    expect(await readConfigTable(cluster.plane.admin, 'apps')).toMatchObject([
      { Name: 'web', Phase: 'Ready', Ready: 'True', Revision: `main@sha1:${second}`, Secrets: 1 },
    ])
  })

  it.each([
    ['a tag', { tag: 'v1.0.0' }, 'tagged'],
    ['the newest tag of a range', { semver: '1.x' }, 'newest tag'],
    ['a tag rather than a branch', { branch: 'next', tag: 'v1.0.0' }, 'tagged'],
    ['a full name', { name: 'refs/heads/next' }, 'on another branch'],
    ['a commit', { commit: 'v1.1.0' }, 'newest tag'],
    ['a commit rather than the tip of its branch', { branch: 'main', commit: 'v1.0.0' }, 'tagged'],
  ])('is followed by %s', async (_, ref: Readonly<Record<string, string>>, value) => {
    const { repository } = scene
    scene.push('PASSWORD=tagged')
    repository.git('tag', 'v1.0.0', 'main')
    scene.push('PASSWORD=newest tag')
    repository.git('-c', 'user.name=t', '-c', 'user.email=t@t', 'tag', '-a', '-m', 'x', 'v1.1.0', 'main')
    scene.push('PASSWORD=on another branch', 'next')
    const tip = scene.push('PASSWORD=tip')
    const commit = ref['commit'] && repository.git('rev-parse', `${ref['commit']}^{commit}`)
    await scene.fetch(source({ ref: { ...ref, ...(commit && { commit }) } }), commit || tip)
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe(value)
  })

  it('is not taken back to what Flux knew before a push', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    expect(await scene.service.deliver(url(), scene.push('PASSWORD=two'))).toBe(202)
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    await scene.service.pass(6)
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
  })

  it('is written about only when something has changed, and a condition keeps the time of its change', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    const [version, ready] = [await resourceVersion(), await scene.ready(config)]
    await scene.service.pass(2)
    expect(await resourceVersion()).toBe(version)
    await scene.fetch(source(), scene.push('OTHER=1\nPASSWORD=one'))
    await scene.service.pass()
    expect(await resourceVersion()).not.toBe(version)
    expect((await scene.ready(config))?.lastTransitionTime).toBe(ready?.lastTransitionTime)
    await scene.remove(source())
    await scene.service.pass()
    expect((await scene.ready(config))?.lastTransitionTime).not.toBe(ready?.lastTransitionTime)
  })

  it('is said to be missing, then to have no artifact, and is followed as soon as it has one', async () => {
    await scene.apply(config)
    await scene.service.pass()
    expect((await scene.ready(config))?.message).toContain('GitRepository "shop" not found')
    expect((await scene.ready(config))?.message).toContain('kubectl get gitrepositories')
    await scene.apply(source())
    await scene.service.pass(3)
    expect((await scene.ready(config))?.message).toContain('No artifacts found for GitRepository')
    expect((await scene.status(config))?.phase).toBe('Retrying')
    await scene.fetch(source(), scene.push('PASSWORD=late'))
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('late')
  })

  it.each([
    ['cannot fetch it', 'Ready', 'False', 'AuthenticationFailed'],
    ['has given up on it', 'Stalled', 'True', 'URLInvalid'],
  ])('is held while Flux %s, in the words of Flux', async (_, type, status, reason) => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    const message = `said by Flux: ${reason}`
    const condition = { type, status, reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' }
    await scene.fetch(source(), scene.push('PASSWORD=two'), { conditions: [condition] })
    await scene.service.pass(6)
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'SourceNotReady' })
    expect((await scene.ready(config))?.message).toContain(message)
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('is held until Flux has seen what it says now', async () => {
    const commit = scene.push('PASSWORD=one')
    await scene.fetch(source({ ref: { branch: 'next' } }), commit)
    await scene.fetch(source(), commit, { observedGeneration: 1 })
    await scene.apply(config)
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'SourceNotReady' })
    await scene.fetch(source(), commit)
    await scene.service.pass(3)
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('leaves the secrets as they are when it vanishes, and says so', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    await scene.remove(source())
    await scene.service.pass()
    expect((await scene.ready(config))?.message).toContain('GitRepository "shop" not found')
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('is followed anew when its ref changes, and not while it is suspended', async () => {
    const commit = scene.push('PASSWORD=one')
    const next = scene.push('PASSWORD=next', 'next')
    await scene.fetch(source(), commit)
    await scene.apply(config)
    await scene.service.pass()
    await scene.apply(source({ ref: { branch: 'next' }, suspend: true }))
    await scene.service.pass()
    expect((await scene.status(config))?.phase).toBe('Suspended')
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
    await scene.fetch(source({ ref: { branch: 'next' }, suspend: false }), next)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('next')
  })

  it('is asked for a look by an annotation, once', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    const annotations = { 'secret-management.octopilot.io/reconcile': '1700000000' }
    await scene.apply({ ...config, metadata: { ...config.metadata, annotations } })
    scene.push('PASSWORD=two')
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    expect((await scene.status(config))?.lastHandledReconcileAt).toBe('1700000000')
    const version = await resourceVersion()
    await scene.service.pass()
    expect(await resourceVersion()).toBe(version)
  })

  it('serves a config that appears, changes or vanishes while the service runs', async () => {
    await scene.fetch(source(), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    const api = (prefix: string) => createConfig('api', { secrets: { environment: 'dev', prefix } })
    await scene.apply(api('api'))
    await scene.service.pass()
    expect(scene.service.secret('api-PASSWORD')).toBe('one')
    await scene.apply(api('gateway'))
    await scene.service.pass()
    expect(scene.service.secret('gateway-PASSWORD')).toBe('one')
    expect((await scene.status(api('gateway')))?.observedGeneration).toBe(2)
    await scene.remove(api('gateway'))
    await scene.service.pass()
    expect((await scene.service.head('apps', 'api'))?.watching).toBeUndefined()
    expect(scene.service.secret('gateway-PASSWORD')).toBe('one')
  })

  it('is seen as Flux sees it: what is ignored is not published', async () => {
    const commit = scene.repository.commit({
      [envFile]: 'PASSWORD=shown',
      'old/deployment-configuration/dev/application.secrets.env': 'GONE=1',
      '.sourceignore': 'old/\n',
    })
    await scene.fetch(source(), commit)
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('shown')
    expect(scene.service.secret('web-GONE')).toBeNull()
    expect((await scene.status(config))?.secretsSynced).toBe(1)
  })

  it('decides which commit is taken where it verifies signatures (attack 32)', async () => {
    const verified = source({ verify: { mode: 'HEAD', secretRef: { name: 'keys' } } })
    await scene.fetch(verified, scene.push('PASSWORD=signed'))
    await scene.apply(config)
    await scene.service.pass()
    const later = scene.push('PASSWORD=not yet verified')
    expect(await scene.service.deliver(url(), later)).toBe(202)
    await scene.service.pass(6)
    expect(scene.service.secret('web-PASSWORD')).toBe('signed')
    await scene.fetch(verified, later)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('not yet verified')
  })
})

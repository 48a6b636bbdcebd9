import { beforeEach, expect, it } from 'vitest'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createApplication, createProject } from './scene/argo-cd.ts'
import { readConfigTable } from './scene/config-table.ts'
import { createConfig, type Fields } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

describeCluster('an Application of a cluster', (cluster) => {
  const scene = setScene(cluster)
  const sourceRef = { kind: 'Application', name: 'shop', namespace: 'argocd' }
  const config = createConfig('web', { sourceRef })
  const sourceAt = (targetRevision: string, changes: Fields = {}) => ({
    repoURL: `${scene.git.url}/org/shop.git`,
    path: '.',
    targetRevision,
    ...changes,
  })
  const applicationAt = (targetRevision: string, changes: Fields = {}) =>
    createApplication('shop', sourceAt(targetRevision, changes))

  beforeEach(async () => await scene.apply(createProject('default')))

  it('is followed by a branch, from push to push', async () => {
    await scene.compare(applicationAt('main'), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
    const second = scene.push('PASSWORD=two')
    await scene.compare(applicationAt('main'), second)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    expect(await scene.ready(config)).toMatchObject({ status: 'True', reason: 'ReconciliationSucceeded' })
    expect(await readConfigTable(cluster.plane.admin, 'apps')).toMatchObject([
      { Name: 'web', Phase: 'Ready', Ready: 'True', Revision: `main@sha1:${second}`, Secrets: 1 },
    ])
  })

  it.each([
    ['a tag', () => 'v1.0.0', 'tagged'],
    ['a version range', () => '1.*', 'newest tag'],
    ['the default branch', () => 'HEAD', 'tip'],
    ['a whole commit', () => scene.repository.git('rev-parse', 'v1.0.0^{commit}'), 'tagged'],
    [
      'the begin of a commit that no ref is at',
      () => scene.repository.git('rev-parse', '--short=8', 'main~1'),
      'between',
    ],
  ])('is followed by %s', async (_, target, value) => {
    const { repository } = scene
    scene.push('PASSWORD=tagged')
    repository.git('tag', 'v1.0.0', 'main')
    scene.push('PASSWORD=newest tag')
    repository.git('-c', 'user.name=t', '-c', 'user.email=t@t', 'tag', '-a', '-m', 'x', 'v1.1.0', 'main')
    scene.push('PASSWORD=between')
    const tip = scene.push('PASSWORD=tip')
    await scene.compare(applicationAt(target()), tip)
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe(value)
    expect(await scene.ready(config)).toMatchObject({ status: 'True' })
  })

  it('is followed by the tags with a prefix', async () => {
    scene.push('PASSWORD=web')
    scene.repository.git('tag', 'web/1.0.0', 'main')
    const tip = scene.push('PASSWORD=api')
    scene.repository.git('tag', 'api/1.5.0', 'main')
    await scene.compare(applicationAt('1.*', { tagPrefix: 'web/' }), tip)
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('web')
  })

  it('is followed by the dry source of its hydrator', async () => {
    const drySHA = scene.push('PASSWORD=dry')
    scene.push('PASSWORD=rendered', 'rendered')
    const application = applicationAt('rendered')
    const sourceHydrator = {
      drySource: sourceAt('main'),
      syncSource: { targetBranch: 'rendered', path: 'apps' },
    }
    await scene.apply(config, {
      ...application,
      spec: { ...(application['spec'] as Fields), sourceHydrator },
      status: { sourceHydrator: { lastSuccessfulOperation: { drySHA } } },
    })
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('dry')
  })

  it('is followed by the only one of its sources that has files', async () => {
    const values = { repoURL: `${scene.git.url}/org/values.git`, targetRevision: 'main', ref: 'values' }
    const commit = scene.push('PASSWORD=one of two')
    await scene.compare(createApplication('shop', [values, sourceAt('main')]), commit)
    await scene.apply(config)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('one of two')
  })

  it('is said to be missing, and not to be ready until Argo CD has compared it', async () => {
    await scene.apply(config)
    await scene.service.pass()
    expect((await scene.ready(config))?.message).toContain('Application "shop" not found')
    expect((await scene.ready(config))?.message).toContain('Argo CD runs')
    const commit = scene.push('PASSWORD=one')
    await scene.apply(applicationAt('main'))
    await scene.service.pass(3)
    expect(await scene.ready(config)).toMatchObject({ reason: 'SourceNotReady' })
    await scene.compare(applicationAt('main'), commit)
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('is not followed while Argo CD is told to skip it', async () => {
    await scene.compare(applicationAt('main'), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    const application = applicationAt('main')
    const annotations = { 'argocd.argoproj.io/skip-reconcile': 'true' }
    const skipped = { ...application, metadata: { ...application.metadata, annotations } }
    await scene.compare(skipped, scene.push('PASSWORD=skipped'))
    await scene.service.pass()
    expect((await scene.status(config))?.phase).toBe('Suspended')
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('leaves the secrets as they are when it vanishes, and says so', async () => {
    await scene.compare(applicationAt('main'), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    await scene.remove(applicationAt('main'))
    await scene.service.pass()
    expect((await scene.ready(config))?.message).toContain('Application "shop" not found')
    expect(scene.service.secret('web-PASSWORD')).toBe('one')
  })

  it('is refused where its project does not let it follow the repository', async () => {
    await scene.apply(createProject('default', { sourceRepos: ['https://elsewhere.test/*'] }))
    await scene.compare(applicationAt('main'), scene.push('PASSWORD=one'))
    await scene.apply(config)
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ reason: 'NotPermitted' })
    expect(scene.git.requests).toEqual([])
  })

  it('is refused in a namespace that its project does not list (attack 7)', async () => {
    const elsewhere = createConfig('far', { sourceRef: { ...sourceRef, namespace: 'other' } })
    const application = createApplication('shop', sourceAt('main'), { namespace: 'other' })
    await scene.compare(application, scene.push('PASSWORD=one'))
    await scene.apply(elsewhere)
    await scene.service.pass()
    expect(await scene.ready(elsewhere)).toMatchObject({ reason: 'NotPermitted' })
    expect(scene.git.requests).toEqual([])
    await scene.apply(createProject('default', { sourceRepos: ['*'], sourceNamespaces: ['oth*'] }))
    await scene.service.pass()
    expect(scene.service.secret('far-PASSWORD')).toBe('one')
  })
})

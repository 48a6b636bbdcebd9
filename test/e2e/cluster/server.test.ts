import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClusterSource } from '../../../lib/adapters/config/cluster.ts'
import { createEgress, type Egress } from '../../../lib/adapters/egress/egress.ts'
import { createKubeClient } from '../../../lib/adapters/kube/kube-client.ts'
import { createOpenCluster } from '../../../lib/adapters/kube/open-cluster.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { installKinds, installRoles } from './control-plane/kinds.ts'
import { startClusterService } from './control-plane/service.ts'
import { assets, type ControlPlane, missingAssets, startControlPlane } from './control-plane/start.ts'
import { createArtifactStatus, createConfig, createRepository } from './objects.ts'

const skipped = assets === '' ? ` (${missingAssets})` : ''
const repositories = { group: 'source.toolkit.fluxcd.io', version: 'v1', plural: 'gitrepositories' }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Opened {
  readonly readToken: () => string
  readonly wrap?: (egress: Egress) => Egress
}

/** A client whose requests a test can see and hold up. */
const openClient = (plane: ControlPlane, { readToken, wrap = (egress) => egress }: Opened) =>
  createKubeClient({
    cluster: 'prod',
    clock: systemClock,
    open: createOpenCluster({
      readKubeconfig: async () => plane.kubeconfig(readToken()),
      awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
      clock: systemClock,
    }),
    createEgress: ({ host }) => wrap(createEgress({ allowedHosts: [host] })),
  })

/** Creates GitRepositories `repo-0`, `repo-1` and so on, many at a time. */
async function createRepositories(plane: ControlPlane, count: number, namespace: string): Promise<void> {
  let next = 0
  const create = async () => {
    while (next < count) {
      const object = createRepository(`repo-${next++}`, { namespace, spec: { url: 'https://git.test/o/r' } })
      const path = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${namespace}/gitrepositories`
      const { status } = await plane.admin.request('POST', path, { body: object })
      if (status !== 201) throw new Error(`not created: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, create))
}

describe.skipIf(assets === '')(`the API of a real cluster${skipped}`, () => {
  let plane: ControlPlane

  beforeAll(async () => {
    plane = await startControlPlane()
    await installKinds(plane.admin)
    await installRoles(plane.admin)
  }, 180_000)
  afterAll(async () => {
    await plane?.stop()
  })

  it('is read in pages over 10,000 sources, all of one moment', async () => {
    await createRepositories(plane, 10_000, 'team-a')
    let requests = 0
    const wrap: (egress: Egress) => Egress = (egress) => async (request) => {
      requests += 1
      return await egress(request)
    }
    const client = openClient(plane, { readToken: () => plane.tokens.reconcile, wrap })
    const items = (await client.list(repositories)) ?? []
    expect(items).toHaveLength(10_000)
    expect(requests).toBe(20)
    expect(new Set(items.map((item) => (item as { metadata: { name: string } }).metadata.name)).size).toBe(
      10_000,
    )
    await plane.admin.request('DELETE', '/apis/source.toolkit.fluxcd.io/v1/namespaces/team-a/gitrepositories')
  }, 300_000)

  it('takes a new token for one that has ended', async () => {
    const tokens = [await plane.admin.createToken('short'), '']
    await plane.admin.remove({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'short', namespace: 'default' },
    })
    await pause(500)
    tokens[1] = plane.tokens.reconcile
    const client = openClient(plane, { readToken: () => tokens.shift() ?? plane.tokens.reconcile })
    expect(await client.list({ ...repositories, namespace: 'other' })).toEqual([])
    const ended = openClient(plane, { readToken: () => 'none' })
    await expect(ended.list(repositories)).rejects.toMatchObject({ code: 'ClusterAuthFailed' })
  })

  it('is asked for the version of GitRepository that it serves', async () => {
    const source = createClusterSource({
      name: 'prod',
      client: openClient(plane, { readToken: () => plane.tokens.both }),
    })
    await plane.admin.apply(
      createRepository('old', { namespace: 'other', spec: { url: 'https://git.test/o/r' } }),
    )
    const path =
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gitrepositories.source.toolkit.fluxcd.io'
    const serve = async (v1: boolean) => {
      const body = [{ op: 'replace', path: '/spec/versions/0/served', value: v1 }]
      await plane.admin.request('PATCH', path, { body, contentType: 'application/json-patch+json' })
      await pause(1_500)
    }
    await serve(false)
    try {
      const found = await source.readSource({ kind: 'GitRepository', namespace: 'other', name: 'old' })
      expect(found?.apiVersion).toBe('source.toolkit.fluxcd.io/v1beta2')
      const listed = await source.listSources('GitRepository')
      expect(listed.map(({ apiVersion }) => apiVersion)).toContain('source.toolkit.fluxcd.io/v1beta2')
    } finally {
      await serve(true)
    }
  })
})

describe.skipIf(assets === '')(`a cluster in trouble${skipped}`, () => {
  let plane: ControlPlane

  afterEach(async () => {
    await plane?.stop()
  })

  it('is listed anew where it has forgotten the moment of the list', async () => {
    plane = await startControlPlane({ compaction: '1s' })
    await installKinds(plane.admin)
    await installRoles(plane.admin)
    await createRepositories(plane, 6, 'team-a')
    const statuses: number[] = []
    // The first list is so slow that its moment is gone when the second page is asked for.
    const outwait = async (egress: Egress, request: Parameters<Egress>[0]) => {
      for (let n = 0; n < 120; n++) {
        const response = await egress(request)
        if (response.status === 410) return response
        const spec = { url: `https://git.test/${n}` }
        await plane.admin.apply(createRepository('moving', { namespace: 'other', spec }))
        await pause(500)
      }
      throw new Error('the moment of the list was never forgotten')
    }
    const wrap: (egress: Egress) => Egress = (egress) => async (request) => {
      const isHeld = request.url.includes('continue=') && !statuses.includes(410)
      const response = isHeld ? await outwait(egress, request) : await egress(request)
      statuses.push(response.status)
      return response
    }
    const client = openClient(plane, { readToken: () => plane.tokens.reconcile, wrap })
    const items = await client.list({ ...repositories, namespace: 'team-a' }, { pageSize: 2 })
    expect(items).toHaveLength(6)
    expect(statuses).toEqual([200, 410, 200, 200, 200])
  }, 180_000)

  it('is asked again while it is too busy', async () => {
    plane = await startControlPlane({
      flags: ['--enable-priority-and-fairness=false', '--max-requests-inflight=1'],
    })
    await installKinds(plane.admin)
    await installRoles(plane.admin)
    const statuses: number[] = []
    const wrap: (egress: Egress) => Egress = (egress) => async (request) => {
      const response = await egress(request)
      statuses.push(response.status)
      return response
    }
    const client = openClient(plane, { readToken: () => plane.tokens.reconcile, wrap })
    const settled = await Promise.allSettled(Array.from({ length: 40 }, () => client.list(repositories)))
    expect(statuses).toContain(429)
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(await client.list(repositories)).toEqual([])
  }, 180_000)

  it('leaves everything as it is when it does not answer, and the log says so', async () => {
    plane = await startControlPlane()
    await installKinds(plane.admin)
    await installRoles(plane.admin)
    const service = await startClusterService(plane)
    try {
      const config = createConfig('web')
      await plane.admin.apply(config, createRepository('shop', { spec: { url: 'http://127.0.0.1:1/none' } }))
      await plane.admin.applyStatus(
        createRepository('shop'),
        createArtifactStatus('a'.repeat(40), service.now()),
      )
      await service.pass()
      const before = await service.head('apps', 'web')
      expect(before?.status.conditions[0]?.reason).toBe('GitUnavailable')
      await plane.stop()
      await service.pass()
      expect(service.lines).toContainEqual({
        level: 'error',
        message: 'config source not readable',
        fields: { step: 'prod', code: 'ConfigSourceUnavailable' },
      })
      expect((await service.head('apps', 'web'))?.watching).toEqual(before?.watching)
    } finally {
      await service.stop()
    }
  }, 180_000)
})

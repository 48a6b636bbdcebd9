import { expect, it } from 'vitest'
import { createClusterSource } from '../../../lib/adapters/config/cluster.ts'
import type { Egress } from '../../../lib/adapters/egress/egress.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import type { ControlPlane } from './control-plane/start.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig } from './scene/objects.ts'
import { openObservedClient } from './scene/observed-client.ts'
import { setScene } from './scene/scene.ts'

const repositories = { group: 'source.toolkit.fluxcd.io', version: 'v1', plural: 'gitrepositories' }
const anyUrl = { url: 'https://git.test/o/r' }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Creates GitRepositories `repo-0`, `repo-1` and so on, many at a time. */
async function createRepositories(plane: ControlPlane, count: number, namespace: string): Promise<void> {
  let next = 0
  const create = async () => {
    while (next < count) {
      const body = createRepository(`repo-${next++}`, anyUrl, namespace)
      const path = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${namespace}/gitrepositories`
      const { status } = await plane.admin.request('POST', path, { body })
      if (status !== 201) throw new Error(`not created: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, create))
}

describeCluster('the API of a real cluster', (cluster) => {
  const open = () => openObservedClient(cluster.plane, { readToken: () => cluster.plane.tokens.reconcile })

  it('is read in pages over 10,000 sources, all of one moment', async () => {
    await createRepositories(cluster.plane, 10_000, 'team-a')
    const { client, statuses } = open()
    const items = (await client.list(repositories)) ?? []
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200))
    const names = items.map((item) => (item as { metadata: { name: string } }).metadata.name)
    expect(names).toHaveLength(10_000)
    expect(new Set(names).size).toBe(10_000)
    const path = '/apis/source.toolkit.fluxcd.io/v1/namespaces/team-a/gitrepositories'
    await cluster.plane.admin.request('DELETE', path)
  }, 300_000)

  it('takes a new token for one that has ended', async () => {
    const { admin, tokens } = cluster.plane
    const ended = await admin.createToken('short')
    await admin.remove({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'short', namespace: 'default' },
    })
    await pause(500)
    const kept = [ended, tokens.reconcile]
    const { client, statuses } = openObservedClient(cluster.plane, { readToken: () => kept.shift() ?? '' })
    expect(await client.list({ ...repositories, namespace: 'other' })).toEqual([])
    expect(statuses).toEqual([401, 200])
  })

  it('is not asked on and on with a token that it does not take', async () => {
    const { client, statuses } = openObservedClient(cluster.plane, { readToken: () => 'none' })
    await expect(client.list(repositories)).rejects.toMatchObject({ code: 'ClusterAuthFailed' })
    expect(statuses).toEqual([401, 401])
  })

  it('is asked for the version of GitRepository that it serves', async () => {
    const { admin, tokens } = cluster.plane
    const at = { kind: 'GitRepository', namespace: 'other', name: 'old' } as const
    await admin.apply(createRepository('old', anyUrl, 'other'))
    const path =
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gitrepositories.source.toolkit.fluxcd.io'
    const serve = async (v1: boolean) => {
      const body = [{ op: 'replace', path: '/spec/versions/0/served', value: v1 }]
      await admin.request('PATCH', path, { body, contentType: 'application/json-patch+json' })
      await pause(1_500)
    }
    await serve(false)
    try {
      const { client } = openObservedClient(cluster.plane, { readToken: () => tokens.worker })
      const found = await createClusterSource({ name: 'prod', client }).readSource(at)
      expect(found?.apiVersion).toBe('source.toolkit.fluxcd.io/v1beta2')
      const listed = await createClusterSource({ name: 'prod', client: open().client }).listSources(
        'GitRepository',
      )
      expect(listed.map(({ apiVersion }) => apiVersion)).toContain('source.toolkit.fluxcd.io/v1beta2')
    } finally {
      await serve(true)
    }
  })
})

describeCluster(
  'a cluster that forgets quickly',
  (cluster) => {
    it('is listed anew where it has forgotten the moment of the list', async () => {
      const { plane } = cluster
      await createRepositories(plane, 6, 'team-a')
      // The first list is so slow that its moment is gone when the second page is asked for.
      const outwait = async (egress: Egress, request: Parameters<Egress>[0]) => {
        for (let n = 0; n < 120; n++) {
          const response = await egress(request)
          if (response.status === 410) return response
          await plane.admin.apply(createRepository('moving', { url: `https://git.test/${n}` }, 'other'))
          await pause(500)
        }
        throw new Error('the moment of the list was never forgotten')
      }
      const { client, statuses } = openObservedClient(plane, {
        readToken: () => plane.tokens.reconcile,
        send: (egress, request) =>
          request.url.includes('continue=') && !statuses.includes(410)
            ? outwait(egress, request)
            : egress(request),
      })
      const items = await client.list({ ...repositories, namespace: 'team-a' }, { pageSize: 2 })
      expect(items).toHaveLength(6)
      expect(statuses).toEqual([200, 410, 200, 200, 200])
    }, 180_000)
  },
  { compaction: '1s' },
)

describeCluster(
  'a cluster with much to do',
  (cluster) => {
    it('is asked again while it is too busy', async () => {
      const { plane } = cluster
      const { client, statuses } = openObservedClient(plane, { readToken: () => plane.tokens.reconcile })
      const settled = await Promise.allSettled(Array.from({ length: 40 }, () => client.list(repositories)))
      expect(statuses).toContain(429)
      expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
      expect(await client.list(repositories)).toEqual([])
    }, 180_000)
  },
  { flags: ['--enable-priority-and-fairness=false', '--max-requests-inflight=1'] },
)

describeCluster('a cluster in trouble', (cluster) => {
  const scene = setScene(cluster)

  it.each([
    ['is gone', () => cluster.plane.stopServer(), () => cluster.plane.startServer()],
    ['hangs', () => cluster.plane.hangStorage(), () => cluster.plane.wakeStorage()],
  ])(
    'that %s leaves everything as it is until it answers again, and the log says so',
    async (_, fail, mend) => {
      const source = createRepository('shop', { url: `${scene.git.url}/org/shop.git` })
      await scene.fetch(source, scene.push('PASSWORD=one'))
      await scene.apply(createConfig('web'))
      await scene.service.pass()
      const before = await scene.service.head('apps', 'web')
      await fail()
      try {
        scene.push('PASSWORD=two')
        const startedAt = performance.now()
        await scene.service.schedule()
        // One that hangs must leave others enough of the minute that a pass has.
        expect(performance.now() - startedAt).toBeLessThan(30_000)
        expect(scene.service.lines).toContainEqual({
          level: 'error',
          message: 'config source not readable',
          fields: { step: 'prod', code: 'ConfigSourceUnavailable' },
        })
        expect((await scene.service.head('apps', 'web'))?.watching).toEqual(before?.watching)
        expect(scene.service.secret('web-PASSWORD')).toBe('one')
      } finally {
        await mend()
      }
      await scene.service.pass(5)
      expect(scene.service.secret('web-PASSWORD')).toBe('two')
    },
    180_000,
  )
})

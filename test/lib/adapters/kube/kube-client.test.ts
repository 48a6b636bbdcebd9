import { describe, expect, it } from 'vitest'
import { createKubeClient } from '../../../../lib/adapters/kube/kube-client.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { type KubeObject, startKubeServer } from '../../../fakes/kube-server.ts'

const repositories = { group: 'source.toolkit.fluxcd.io', version: 'v1', plural: 'gitrepositories' }
const inNamespace = { ...repositories, namespace: 'flux-system' }
const repository = (name: string, namespace = 'flux-system'): KubeObject => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name, namespace },
})
const names = (items: readonly unknown[] | null) => items?.map((item) => (item as KubeObject).metadata.name)
const failure = async (work: Promise<unknown>) => {
  try {
    await work
    return null
  } catch (error) {
    return error instanceof SyncError ? { code: error.code, data: error.data } : error
  }
}

describe('get', () => {
  it('reads one object, and null where it or its kind is missing', async () => {
    const server = await startKubeServer(['gitrepositories'])
    server.put('gitrepositories', repository('a'))
    const client = server.client()
    expect(await client.get(inNamespace, 'a')).toEqual(repository('a'))
    expect(await client.get(inNamespace, 'b')).toBeNull()
    expect(await client.get({ ...inNamespace, plural: 'buckets' }, 'a')).toBeNull()
  })

  it('says who asks, for how long, and presents the token', async () => {
    const server = await startKubeServer()
    await server.client().get(inNamespace, 'a')
    const [call] = server.calls
    expect(call?.path).toBe('/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/a')
    expect(call?.query.get('timeout')).toBe('10s')
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      'user-agent': 'secret-manager-controller (serverless)',
    })
  })
})

describe('list', () => {
  it('reads page after page, and the kind alone that it was asked for', async () => {
    const server = await startKubeServer()
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.put('gitrepositories', repository(name))
    server.put('gitrepositories', repository('f', 'other'))
    server.put('applications', repository('g'))
    const client = server.client()
    expect(names(await client.list(repositories, { pageSize: 2 }))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(server.calls.map(({ query }) => query.get('continue'))).toEqual([null, '2', '4'])
    expect(names(await client.list(inNamespace))).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(server.calls.at(-1)?.query.get('limit')).toBe('500')
  })

  it('is null where the cluster does not serve the kind', async () => {
    const server = await startKubeServer([])
    expect(await server.client().list(repositories)).toBeNull()
  })

  it('starts anew where its moment is forgotten, and gives up in the end', async () => {
    const server = await startKubeServer()
    for (const name of ['a', 'b', 'c']) server.put('gitrepositories', repository(name))
    let expired = 0
    server.interrupt = ({ query }) =>
      query.has('continue') && expired++ < 1 ? { status: 410, body: '{"reason":"Expired"}' } : null
    const client = server.client()
    expect(names(await client.list(repositories, { pageSize: 2 }))).toEqual(['a', 'b', 'c'])
    server.interrupt = ({ query }) => (query.has('continue') ? { status: 410 } : null)
    expect(await failure(client.list(repositories, { pageSize: 2 }))).toMatchObject({
      code: 'ConfigSourceUnavailable',
      data: { reason: 'Expired' },
    })
  })
})

describe('applyStatus', () => {
  it('applies the whole status as its manager', async () => {
    const server = await startKubeServer()
    server.put('gitrepositories', repository('a'))
    await server
      .client()
      .applyStatus(inNamespace, { kind: 'GitRepository', name: 'a', status: { phase: 'Ready' } })
    const [call] = server.calls
    expect(call?.method).toBe('PATCH')
    expect(call?.path).toMatch(/\/namespaces\/flux-system\/gitrepositories\/a\/status$/)
    expect(call?.headers['content-type']).toBe('application/apply-patch+yaml')
    expect(Object.fromEntries(call?.query ?? [])).toMatchObject({
      fieldManager: 'secret-manager-controller',
      force: 'true',
    })
    expect(call?.body).toEqual({ ...repository('a'), status: { phase: 'Ready' } })
  })

  it('does nothing where the object is gone', async () => {
    const server = await startKubeServer()
    await server.client().applyStatus(inNamespace, { kind: 'GitRepository', name: 'a', status: {} })
    expect(server.calls).toHaveLength(1)
  })
})

describe('a request that fails', () => {
  it('is sent once more with a new token after 401', async () => {
    const server = await startKubeServer()
    server.put('gitrepositories', repository('a'))
    server.interrupt = ({ headers }) => (headers.authorization === 'Bearer new' ? null : { status: 401 })
    const tokens = ['old', 'new', 'newer']
    const client = server.client({ readToken: () => tokens.shift() ?? '' })
    expect(await client.get(inNamespace, 'a')).toMatchObject({ kind: 'GitRepository' })
    expect(tokens).toEqual(['newer'])
    server.interrupt = () => ({ status: 401 })
    expect(await failure(client.get(inNamespace, 'a'))).toEqual({
      code: 'ClusterAuthFailed',
      data: { cluster: 'test' },
    })
    expect(server.calls).toHaveLength(4)
  })

  it('names verb, resource and namespace after 403, and is not repeated', async () => {
    const server = await startKubeServer()
    server.interrupt = () => ({ status: 403 })
    const client = server.client()
    expect(await failure(client.list(inNamespace))).toEqual({
      code: 'ClusterForbidden',
      data: {
        cluster: 'test',
        verb: 'list',
        resource: 'gitrepositories.source.toolkit.fluxcd.io',
        namespace: 'flux-system',
      },
    })
    const status = { kind: 'GitRepository', name: 'a', status: {} }
    expect(await failure(client.applyStatus(inNamespace, status))).toMatchObject({
      data: { verb: 'patch', resource: 'gitrepositories/status.source.toolkit.fluxcd.io' },
    })
    expect(server.calls).toHaveLength(2)
  })

  it.each([429, 500, 503])('is repeated with growing pauses after %s', async (status) => {
    const server = await startKubeServer()
    server.put('gitrepositories', repository('a'))
    let failures = 2
    server.interrupt = () => (failures-- > 0 ? { status } : null)
    const clock = createFakeClock(0)
    expect(await server.client({ clock }).get(inNamespace, 'a')).not.toBeNull()
    expect(clock.now()).toBe(250 + 500)
  })

  it('waits as long as the server asks, within reason', async () => {
    const server = await startKubeServer()
    let answers = 0
    server.interrupt = () =>
      answers++ === 0 ? { status: 429, headers: { 'retry-after': '2' }, body: 'Too many requests' } : null
    const clock = createFakeClock(0)
    await server.client({ clock }).get(inNamespace, 'a')
    expect(clock.now()).toBe(2_000 + 250)
  })

  it('is not repeated where the answer came late', async () => {
    const server = await startKubeServer()
    const clock = createFakeClock(0)
    server.interrupt = () => {
      clock.advance(10_000)
      return { status: 504 }
    }
    expect(await failure(server.client({ clock }).get(inNamespace, 'a'))).toMatchObject({
      code: 'ConfigSourceUnavailable',
      data: { status: 504 },
    })
    expect(server.calls).toHaveLength(1)
  })

  it('is not repeated where there was no answer in time', async () => {
    let requests = 0
    const client = createKubeClient({
      cluster: 'test',
      clock: createFakeClock(),
      open: async () => ({ server: 'https://kube.test', bearerToken: 't' }),
      createEgress: () => async () => {
        requests += 1
        throw new SyncError('ConfigSourceUnavailable', { data: { reason: 'TIMEOUT' } })
      },
    })
    expect(await failure(client.get(inNamespace, 'a'))).toMatchObject({ code: 'ConfigSourceUnavailable' })
    expect(requests).toBe(1)
  })

  it.each([
    ['a broken server', { status: 500 }, { status: 500 }],
    ['a refused request', { status: 422, body: '{}' }, { status: 422 }],
    ['an answer that is no JSON', { status: 200, body: '<html>' }, { reason: 'no JSON' }],
  ])('ends as ConfigSourceUnavailable with %s', async (_, answer, data) => {
    const server = await startKubeServer()
    server.interrupt = () => answer
    expect(await failure(server.client().get(inNamespace, 'a'))).toMatchObject({
      code: 'ConfigSourceUnavailable',
      data: { cluster: 'test', verb: 'get', ...data },
    })
  })
})

import type { LookupAddress } from 'node:dns'
import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { EgressPolicy } from '../../../../lib/adapters/egress/destination.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createEgressRequest as get } from '../../../fakes/egress-request.ts'
import { startHttpServer, type TestServer, testCertificate } from '../../../servers/http-server.ts'

const embedded = { allowHttp: true, allowLoopback: true } satisfies EgressPolicy
const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }
const started: TestServer[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()))
})

async function start(listener: RequestListener, scheme?: 'http' | 'https'): Promise<TestServer> {
  const server = await startHttpServer(listener, scheme)
  started.push(server)
  return server
}

describe('createEgress', () => {
  it('sends method, headers and body and collects the answer', async () => {
    const { url } = await start(async (request, response) => {
      response.setHeader('x-seen', `${request.method} ${request.headers['x-mine']}`)
      response.writeHead(418).end(await buffer(request))
    })
    const egress = createEgress(embedded)
    const body = Buffer.from('hello')
    const answer = await egress(get(`${url}/a`, { method: 'POST', headers: { 'x-mine': '1' }, body }))
    expect(answer).toMatchObject({ status: 418, headers: { 'x-seen': 'POST 1' }, body })
  })

  it('trusts the certificates of the request and checks the name', async () => {
    const { port } = await start((_, response) => response.end('ok'), 'https')
    const egress = createEgress({ allowedHosts: ['git.test', 'other.test'] }, async () => [loopback])
    const ca = [testCertificate]
    expect((await egress(get(`https://git.test:${port}/`, { ca }))).status).toBe(200)
    await expect(egress(get(`https://other.test:${port}/`, { ca }))).rejects.toMatchObject({
      code: 'GitUnavailable',
      data: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
    await expect(egress(get(`https://git.test:${port}/x`))).rejects.toMatchObject({ code: 'GitUnavailable' })
  })

  it('keeps connections and sends again where a kept one was closed', async () => {
    const ports = new Set<number | undefined>()
    const { url } = await start((request, response) => {
      const isKept = ports.has(request.socket.remotePort)
      ports.add(request.socket.remotePort)
      if (isKept && request.url === '/stale') request.socket.destroy()
      else response.end('ok')
    })
    const egress = createEgress(embedded)
    await egress(get(`${url}/`))
    await egress(get(`${url}/`))
    expect(ports.size).toBe(1)
    expect((await egress(get(`${url}/stale`))).status).toBe(200)
    expect(ports.size).toBe(2)
  })

  it('resolves a name once and connects to the address it vetted', async () => {
    const { port } = await start((_, response) => response.end('vetted'))
    const answers = [[loopback], [{ address: '10.0.0.1', family: 4 }]]
    const egress = createEgress(embedded, async () => answers.shift() ?? [])
    const { body } = await egress(get(`http://rebinding.test:${port}/`))
    expect(Buffer.from(body).toString()).toBe('vetted')
    expect(answers).toHaveLength(1)
  })

  it.each([
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:127.0.0.1]/',
    'https://127.0.0.1:9001/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'http://140.82.121.4/',
    'file:///etc/passwd',
    'no url',
  ])('connects nowhere for %s', async (url) => {
    await expect(createEgress({})(get(url))).rejects.toMatchObject({ code: 'EgressForbidden' })
  })

  it.each([
    [{}, 'rejects', [loopback]],
    [{ allowedHosts: ['git.test'] }, 'connects', [loopback]],
    [{ allowedHosts: ['GIT.test:8443'] }, 'rejects', [loopback]],
    [{ allowedHosts: ['other.test'] }, 'rejects', [loopback]],
    [{}, 'rejects', [{ address: '140.82.121.4', family: 4 }, loopback]],
    [{ allowedHosts: ['git.test'] }, 'rejects', [{ address: '169.254.169.254', family: 4 }]],
    [{ allowLoopback: true }, 'rejects', [{ address: '192.168.0.1', family: 4 }]],
  ] as const)('with %j it %s to %j', async (policy, outcome, addresses) => {
    const { port } = await start((_, response) => response.end())
    const egress = createEgress({ ...policy, allowHttp: true }, async () => [...addresses])
    const request = egress(get(`http://git.test:${port}/`))
    if (outcome === 'connects') await expect(request).resolves.toMatchObject({ status: 200 })
    else await expect(request).rejects.toMatchObject({ code: 'EgressForbidden' })
  })

  it('follows redirects within the origin, asks for headers anew and stops after three', async () => {
    const seen: (string | undefined)[] = []
    const { url } = await start((request, response) => {
      seen.push(request.headers.authorization)
      const left = Number(request.url?.slice(1))
      response.writeHead(left > 0 ? 302 : 200, { location: `/${left - 1}` }).end()
    })
    const egress = createEgress(embedded)
    const headers = ({ pathname }: URL) => ({ authorization: pathname })
    expect(await egress(get(`${url}/3`, { headers }))).toMatchObject({ status: 200, url: { pathname: '/0' } })
    expect(seen).toEqual(['/3', '/2', '/1', '/0'])
    expect((await egress(get(`${url}/4`))).status).toBe(302)
    expect((await egress(get(`${url}/1`, { method: 'POST' }))).status).toBe(302)
  })

  it('follows no redirect to another origin and sends it nothing', async () => {
    let received = 0
    const other = await start((_, response) => response.end(String(++received)))
    const { url } = await start((_, response) => {
      response.writeHead(302, { location: `${other.url}/stolen` }).end()
    })
    const request = get(url, { headers: { authorization: 'Bearer canary' } })
    await expect(createEgress(embedded)(request)).rejects.toMatchObject({ code: 'EgressForbidden' })
    expect(received).toBe(0)
  })

  it('sends no user info and shows none', async () => {
    let authorization: string | undefined
    const { port } = await start((request, response) => {
      authorization = request.headers.authorization
      response.socket?.destroy()
    })
    const thrown = await createEgress(embedded)(
      get(`http://user:canary@127.0.0.1:${port}/a?key=canary`),
    ).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'GitUnavailable', data: { reason: 'ECONNRESET' } })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    expect(authorization).toBeUndefined()
  })

  it('cuts a body at its limit, decompressed or not', async () => {
    const bodies: Record<string, Buffer> = {
      '/fits': gzipSync(Buffer.alloc(1000)),
      '/bomb': gzipSync(Buffer.alloc(100_000_000)),
      '/hollow': Buffer.concat(Array(100).fill(gzipSync(''))),
    }
    const { url } = await start((request, response) => {
      response.setHeader('content-encoding', 'gzip').end(bodies[request.url ?? ''])
    })
    const egress = createEgress(embedded)
    expect((await egress(get(`${url}/fits`))).body).toHaveLength(1000)
    await expect(egress(get(`${url}/bomb`))).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
    await expect(egress(get(`${url}/hollow`))).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  })

  it.each([
    ['hangs', () => {}, 'TIMEOUT'],
    ['trickles', (_, response) => void response.write('x'), 'TIMEOUT'],
    ['breaks off', (_, response) => void response.write('x', () => response.destroy()), 'ECONNRESET'],
  ] satisfies [string, RequestListener, string][])(
    'gives up on an answer that %s',
    async (_, listener, reason) => {
      const { url } = await start(listener)
      await expect(createEgress(embedded)(get(url, { timeoutMs: 100 }))).rejects.toMatchObject({
        code: 'GitUnavailable',
        data: { reason },
      })
    },
  )
})

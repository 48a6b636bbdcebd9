import type { LookupAddress } from 'node:dns'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import net, { type AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import type { EgressPolicy } from '../../../../lib/adapters/egress/destination.ts'
import { createEgress, type EgressRequest } from '../../../../lib/adapters/egress/egress.ts'
import { createEgressRequest as get } from '../../../fakes/egress-request.ts'
import {
  readTlsFixture,
  startHttpServer,
  type TestServer,
  testCertificate,
} from '../../../servers/http-server.ts'
import { type ProxyServer, type ProxyServerOptions, startProxyServer } from '../../../servers/proxy-server.ts'

const embedded = { allowHttp: true, allowLoopback: true } satisfies EgressPolicy
const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }
const started: TestServer[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()))
})

async function startProxy(options?: ProxyServerOptions): Promise<ProxyServer> {
  const server = await startProxyServer(options)
  started.push({ port: 0, url: server.address, close: server.close })
  return server
}

async function start(listener: RequestListener, scheme?: 'http' | 'https'): Promise<TestServer> {
  const server = await startHttpServer(listener, scheme)
  started.push(server)
  return server
}

describe('createEgress through a proxy', () => {
  it('judges the address of a proxy as that of a server, and resolves its name once', async () => {
    const proxied = (address: string) => get('https://140.82.121.4/', { proxy: { address } })
    for (const address of [
      'http://169.254.169.254',
      'https://10.0.0.1',
      'socks5://127.0.0.1',
      'ftp://git.test',
    ])
      await expect(createEgress({})(proxied(address))).rejects.toMatchObject({ code: 'EgressForbidden' })
    const inside = createEgress({}, async () => [{ address: '10.0.0.1', family: 4 }])
    for (const scheme of ['http', 'https', 'socks5'])
      await expect(inside(proxied(`${scheme}://proxy.test:3128`))).rejects.toMatchObject({
        code: 'EgressForbidden',
      })
    const { port } = new URL((await startProxy()).address)
    const answers = [[loopback], [{ address: '10.0.0.1', family: 4 }]]
    const listed = createEgress(
      { ...embedded, allowedHosts: ['proxy.test'] },
      async () => answers.shift() ?? [],
    )
    const { url } = await start((_, response) => response.end('ok'), 'https')
    const request = get(url, { ca: [testCertificate], proxy: { address: `http://proxy.test:${port}` } })
    expect((await listed(request)).status).toBe(200)
    expect(answers).toHaveLength(1)
  })

  it('takes a listed host for a proxy only where its port is listed', async () => {
    const { port } = new URL((await startProxy()).address)
    const { url } = await start((_, response) => response.end('ok'), 'https')
    const ask = async (allowedHosts: string[]) =>
      await createEgress({ allowedHosts: [...allowedHosts, '127.0.0.1'] }, async () => [loopback])(
        get(url, { ca: [testCertificate], proxy: { address: `http://proxy.test:${port}` } }),
      )
    expect((await ask([`proxy.test:${port}`])).status).toBe(200)
    for (const listed of [[], ['proxy.test'], ['proxy.test:80']])
      await expect(ask(listed)).rejects.toMatchObject({ code: 'EgressForbidden' })
  })

  it('takes no answer of a server behind a tunnel for one of the proxy', async () => {
    const { address } = await startProxy()
    const { url } = await start((_, response) => response.writeHead(407).end(), 'https')
    const request = get(url, { ca: [testCertificate], proxy: { address } })
    expect((await createEgress(embedded)(request)).status).toBe(407)
  })

  it('asks a proxy for no address that is closed itself', async () => {
    const { address, requests } = await startProxy()
    const egress = createEgress({ allowedHosts: ['127.0.0.1'] })
    for (const url of ['https://169.254.169.254/', 'https://10.0.0.1/', 'http://git.test/'])
      await expect(egress(get(url, { proxy: { address } }))).rejects.toMatchObject({
        code: 'EgressForbidden',
      })
    expect(requests).toEqual([])
  })

  it('shows its certificate to the server alone, and holds redirects and limits through a proxy', async () => {
    const { key, cert } = readTlsFixture()
    const server = createTlsServer({ key, cert, ca: cert, requestCert: true }, (request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'https://git.test/' }).end()
      else if (request.url === '/near') response.writeHead(302, { location: '/' }).end()
      else response.end((request.socket as TLSSocket).authorized ? 'x'.repeat(50) : 'stranger')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    started.push({ port, url: '', close: async () => void server.close() })
    const { address } = await startProxy({ scheme: 'https' })
    const ca = [testCertificate]
    const clientCertificate = { certificate: cert, key: key.toString() }
    const ask = (path: string, options: Partial<EgressRequest> = {}) =>
      createEgress(embedded)(
        get(`https://git.test:${port}${path}`, { ca, clientCertificate, proxy: { address, ca }, ...options }),
      )
    expect(Buffer.from((await ask('/near')).body).toString()).toBe('x'.repeat(50))
    await expect(ask('/away')).rejects.toMatchObject({ code: 'EgressForbidden' })
    await expect(ask('/', { maxBodyBytes: 49 })).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  })

  it('waits no longer for a proxy than for a server', async () => {
    const silent = net.createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    for (const scheme of ['http', 'https', 'socks5']) {
      const proxy = { address: `${scheme}://127.0.0.1:${port}` }
      await expect(
        createEgress(embedded)(get('https://git.test/', { proxy, timeoutMs: 100 })),
      ).rejects.toMatchObject({ code: 'GitUnavailable', data: { reason: 'TIMEOUT' } })
    }
    silent.close()
  })

  it('shows the certificate for a server to no proxy that it asks for a plain URL', async () => {
    const { key, cert } = readTlsFixture()
    const { url } = await start((_, response) => response.end('plain'))
    const { address, certificates } = await startProxy({ scheme: 'https', requestCert: true })
    const ca = [testCertificate]
    const request = get(url, {
      clientCertificate: { certificate: cert, key: key.toString() },
      proxy: { address, ca },
    })
    expect(Buffer.from((await createEgress(embedded)(request)).body).toString()).toBe('plain')
    expect(certificates).toEqual([undefined])
  })
})

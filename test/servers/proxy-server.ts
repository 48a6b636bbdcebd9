import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { readTlsFixture } from './http-server.ts'

export interface ProxyServerOptions {
  readonly scheme?: 'http' | 'https'
  /** Whether clients are asked for a certificate. */
  readonly requestCert?: boolean
  /** Wanted from every request. */
  readonly login?: { readonly username: string; readonly password: string }
  /** What every CONNECT is answered with instead of a tunnel. */
  readonly refusal?: string
}

/** What a proxy was asked for. */
export interface SeenProxyRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingMessage['headers']
}

/** A proxy on loopback that passes on what it is asked to, tunnels and plain requests. */
export interface ProxyServer {
  readonly address: string
  readonly requests: SeenProxyRequest[]
  /** The subject of the certificate that came with each plain request, over TLS. */
  readonly certificates: (string | undefined)[]
  /** Everything that clients have sent through tunnels, as the proxy can read it. */
  tunnelled(): Buffer
  close(): Promise<void>
}

export async function startProxyServer(options: ProxyServerOptions = {}): Promise<ProxyServer> {
  const { scheme = 'http', requestCert = false } = options
  const requests: SeenProxyRequest[] = []
  const certificates: (string | undefined)[] = []
  const chunks: Buffer[] = []
  const open = new Set<Duplex>()
  const server =
    scheme === 'https'
      ? createTlsServer({ ...readTlsFixture(), requestCert, rejectUnauthorized: false })
      : createServer()
  server.on('connection', (socket: Socket) => open.add(socket))
  server.on('request', (request, response) => {
    requests.push(observe(request))
    if (request.socket instanceof TLSSocket) certificates.push(readSubject(request.socket))
    if (isLoggedIn(request, options)) forward(request, response)
    else response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end()
  })
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    requests.push(observe(request))
    client.on('error', () => {})
    if (options.refusal !== undefined) return client.end(`HTTP/1.1 ${options.refusal}\r\n\r\n`)
    if (!isLoggedIn(request, options)) return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    client.on('data', (chunk: Buffer) => chunks.push(chunk))
    return tunnel(client, request.url ?? '', open)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    certificates,
    tunnelled: () => Buffer.concat(chunks),
    async close() {
      for (const socket of open) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readSubject(socket: TLSSocket): string | undefined {
  const { subject } = socket.getPeerCertificate()
  return subject && String(subject.CN)
}

function observe({ method = '', url: target = '', headers }: IncomingMessage): SeenProxyRequest {
  return { method, target, headers: { ...headers } }
}

function isLoggedIn({ headers }: IncomingMessage, { login }: ProxyServerOptions): boolean {
  if (!login) return true
  const expected = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  return headers['proxy-authorization'] === `Basic ${expected}`
}

function tunnel(client: Duplex, target: string, open: Set<Duplex>): void {
  const { hostname, port } = new URL(`http://${target}`)
  // Names end on loopback: no test looks any up.
  const host = net.isIP(hostname) === 0 ? '127.0.0.1' : hostname
  const server = net.connect(Number(port), host, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    client.pipe(server).pipe(client)
  })
  open.add(server)
  server.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  client.on('close', () => server.destroy())
}

/** As a proxy does: its own login goes no further. */
function forward(request: IncomingMessage, response: ServerResponse): void {
  const { 'proxy-authorization': _, ...headers } = request.headers
  const onward = sendRequest(request.url ?? '', { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.writeHead(502).end())
  request.pipe(onward)
}

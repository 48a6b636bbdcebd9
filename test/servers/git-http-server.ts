import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGitHttpBackend } from '../../lib/adapters/git/http-backend.ts'
import { createGitRepository, isolatedGitEnvironment } from './git-repository.ts'
import type { GitServer, SeenRequest } from './git-server.ts'
import { readTlsFixture } from './http-server.ts'

export interface GitHttpServerOptions {
  readonly scheme?: 'http' | 'https'
  /** Git settings of the server, such as `{ 'uploadpack.allowFilter': 'false' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Wanted as basic authentication from every request. */
  readonly credentials?: { readonly username: string; readonly password: string }
  /** Highest protocol that is answered: 0 hides the client's `Git-Protocol` from the server. */
  readonly protocol?: 0 | 2
  /** What hooks see. */
  readonly environment?: Readonly<Record<string, string>>
  /** Answers instead of Git where it returns true. */
  readonly intercept?: (...args: Parameters<RequestListener>) => boolean
}

/** One request that the server saw. */
export interface SeenHttpRequest extends SeenRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingMessage['headers']
}

/** A Git server over smart HTTP on loopback, with repositories in a directory of its own. */
export interface GitHttpServer extends GitServer {
  readonly requests: SeenHttpRequest[]
}

/** Starts a server on a free port of loopback. */
export async function startGitHttpServer(options: GitHttpServerOptions = {}): Promise<GitHttpServer> {
  const projectRoot = mkdtempSync(join(tmpdir(), 'git-http-'))
  const environment = { ...isolatedGitEnvironment(), ...options.environment }
  const { settings = {}, scheme = 'http' } = options
  const backend = createGitHttpBackend({ projectRoot, environment, settings })
  const requests: SeenHttpRequest[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(observe(request, response))
    if (options.intercept?.(request, response)) return
    if (!isAuthorized(request, options.credentials)) {
      request.resume()
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
      return
    }
    if (options.protocol === 0) delete request.headers['git-protocol']
    backend(request, response)
  }
  const server = scheme === 'https' ? createTlsServer(readTlsFixture(), listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    createRepository: (name, objectFormat) => createGitRepository(join(projectRoot, name), objectFormat),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(projectRoot, { recursive: true, force: true })
    },
  }
}

function observe(request: IncomingMessage, response: ServerResponse): SeenHttpRequest {
  const { method = '', url: target = '', headers, socket } = request
  const before = { read: socket.bytesRead, written: socket.bytesWritten }
  const seen = { method, target, headers: { ...headers }, receivedBytes: 0, sentBytes: 0 }
  response.once('close', () => {
    seen.receivedBytes = socket.bytesRead - before.read
    seen.sentBytes = socket.bytesWritten - before.written
  })
  return seen
}

function isAuthorized(request: IncomingMessage, credentials: GitHttpServerOptions['credentials']): boolean {
  if (!credentials) return true
  const expected = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
  return request.headers.authorization === `Basic ${expected}`
}

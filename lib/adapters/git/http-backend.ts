import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseCgiHead } from './http-backend/cgi-head.ts'
import { parseSmartRoute, type SmartRoute } from './http-backend/smart-route.ts'

export interface GitHttpBackendOptions {
  /** Directory of the bare repositories; their names below it are the paths of the URLs. */
  readonly projectRoot: string
  /** Path that every URL starts with, such as `/git`; `''` serves at the root. */
  readonly mount?: string
  /** What `git` and its hooks see beside the variables of CGI. `PATH` must lead to `git`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Git settings over those of the repositories, such as `{ 'uploadpack.allowFilter': 'true' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Partial clone and pushes are on: the service reads with the first, a person publishes with the second. */
const defaultSettings = {
  'http.receivepack': 'true',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowReachableSHA1InWant': 'true',
}

/**
 * Serves the repositories below one directory over smart HTTP, through `git http-backend`. Anything but a smart
 * request is 404. Who may ask is up to the caller: put the check of token, host and origin in front.
 * @see https://git-scm.com/docs/git-http-backend
 */
export function createGitHttpBackend(options: GitHttpBackendOptions): RequestListener {
  const mount = options.mount ?? ''
  return (request, response) => {
    const target = request.url ?? ''
    const route = target.startsWith(`${mount}/`)
      ? parseSmartRoute(request.method, target.slice(mount.length))
      : null
    if (!route) {
      request.resume()
      response.writeHead(404).end()
      return
    }
    const backend = spawnBackend(options, route, request)
    response.on('close', () => response.writableFinished || backend.kill())
    serve(request, response, backend).catch(() => response.destroy())
  }
}

function spawnBackend(
  { projectRoot, environment, settings }: GitHttpBackendOptions,
  route: SmartRoute,
  request: IncomingMessage,
): ChildProcessByStdio<Writable, Readable, null> {
  const env = {
    ...environment,
    ...formatSettings({ ...defaultSettings, ...settings }),
    GIT_PROJECT_ROOT: resolve(projectRoot),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${route.repository}/${route.resource}`,
    QUERY_STRING: route.query,
    REQUEST_METHOD: request.method,
    REMOTE_ADDR: request.socket.remoteAddress,
    CONTENT_TYPE: request.headers['content-type'],
    CONTENT_LENGTH: request.headers['content-length'],
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    GIT_PROTOCOL: singleValue(request.headers['git-protocol']),
  }
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  // Where `git` does not start, its output ends at once, which is answered as 500.
  backend.on('error', () => backend.stdout.destroy())
  return backend
}

/** Settings of the command line, which win over every file. @see https://git-scm.com/docs/git-config#ENVIRONMENT */
function formatSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings)
  const numbered = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ])
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(numbered) }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { stdin, stdout }: { readonly stdin: Writable; readonly stdout: Readable },
): Promise<void> {
  // A backend that refuses early closes its input; its answer says why.
  stdin.on('error', () => request.resume())
  request.pipe(stdin)
  await pipeline(stdout, (output: AsyncIterable<Buffer>) => takeHead(output, response), response)
}

/** Writes the head of a CGI answer to `response` and passes its body on; 500 where there is no head. */
async function* takeHead(output: AsyncIterable<Buffer>, response: ServerResponse): AsyncGenerator<Buffer> {
  let start = Buffer.alloc(0)
  for await (const chunk of output) {
    if (response.headersSent) {
      yield chunk
      continue
    }
    start = Buffer.concat([start, chunk])
    const head = parseCgiHead(start)
    if (!head) continue
    response.writeHead(head.status, head.headers).flushHeaders()
    yield start.subarray(head.bodyOffset)
  }
  if (!response.headersSent) response.writeHead(500)
}

function singleValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

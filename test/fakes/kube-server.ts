import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createEgress } from '../../lib/adapters/egress/egress.ts'
import { createKubeClient, type KubeClient } from '../../lib/adapters/kube/kube-client.ts'
import { createOpenCluster } from '../../lib/adapters/kube/open-cluster.ts'
import type { Clock } from '../../lib/ports.ts'
import { startHttpServer, testCertificate } from '../servers/http-server.ts'
import { createFakeClock } from './clock.ts'

export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace: string }
  readonly [field: string]: unknown
}

export interface KubeCall {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** What a test answers instead of the server; `null` leaves it to the server. */
export type Interrupt = (call: KubeCall) => {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
} | null

export interface KubeServer {
  readonly url: string
  readonly calls: KubeCall[]
  readonly objects: Map<string, KubeObject>
  interrupt: Interrupt
  put(plural: string, object: KubeObject): void
  remove(plural: string, object: KubeObject): void
  /** A kubeconfig with this token. */
  kubeconfig(token?: string): string
  client(options?: { readonly clock?: Clock; readonly readToken?: () => string }): KubeClient
}

/** The API of a cluster on loopback for one test, over TLS: get, list in pages, and apply of a status. */
export async function startKubeServer(served: readonly string[] = allPlurals): Promise<KubeServer> {
  const calls: KubeCall[] = []
  const objects = new Map<string, KubeObject>()
  const server = await startHttpServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'https://kube.test')
    const call: KubeCall = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: request.method === 'PATCH' ? await json(request) : undefined,
    }
    calls.push(call)
    const interrupted = fake.interrupt(call)
    if (interrupted) {
      response.writeHead(interrupted.status, interrupted.headers)
      response.end(interrupted.body ?? '')
    } else answer(response, { served, objects, call })
  }, 'https')
  onTestFinished(server.close)
  const keyOf = (plural: string, { metadata }: KubeObject) =>
    `${plural}/${metadata.namespace}/${metadata.name}`
  const fake: KubeServer = {
    url: server.url,
    calls,
    objects,
    interrupt: () => null,
    put: (plural, object) => void objects.set(keyOf(plural, object), object),
    remove: (plural, object) => void objects.delete(keyOf(plural, object)),
    kubeconfig: (token = 'a-token') => formatKubeconfig(server.url, { token }),
    client: ({ clock = createFakeClock(), readToken = () => 'a-token' } = {}) =>
      createKubeClient({
        cluster: 'test',
        clock,
        open: createOpenCluster({
          readKubeconfig: async () => fake.kubeconfig(readToken()),
          awsCredentials: async () => ({ accessKeyId: 'a', secretAccessKey: 's' }),
          clock,
        }),
        createEgress: ({ host }) => createEgress({ allowedHosts: [host] }),
      }),
  }
  return fake
}

const allPlurals = [
  'secretmanagerconfigs',
  'gitrepositories',
  'applications',
  'kustomizations',
  'appprojects',
  'secrets',
  'configmaps',
]

/** A kubeconfig of one context. */
export function formatKubeconfig(server: string, user: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [
      {
        name: 'c',
        cluster: { server, 'certificate-authority-data': Buffer.from(testCertificate).toString('base64') },
      },
    ],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
  })
}

interface Asked {
  readonly served: readonly string[]
  readonly objects: Map<string, KubeObject>
  readonly call: KubeCall
}

function answer(response: ServerResponse, { served, objects, call }: Asked): void {
  const route =
    /^\/(?:api|apis\/[\w.-]+)\/v\w+\/(?:namespaces\/(?<namespace>[\w.-]+)\/)?(?<plural>[a-z]+)(?:\/(?<name>[\w.-]+))?(?<status>\/status)?$/
  const { namespace, plural = '', name, status } = { ...route.exec(call.path)?.groups }
  if (!served.includes(plural)) {
    response.writeHead(404, { 'content-type': 'text/plain' })
    response.end('404 page not found\n')
    return
  }
  const key = `${plural}/${namespace}/${name}`
  const found = objects.get(key)
  if (name === undefined) send(response, 200, list(objects, `${plural}/`, { namespace, call }))
  else if (!found) send(response, 404, { kind: 'Status', status: 'Failure', code: 404, reason: 'NotFound' })
  else if (status === undefined) send(response, 200, found)
  else {
    const updated = { ...found, status: (call.body as { status: unknown }).status }
    objects.set(key, updated)
    send(response, 200, updated)
  }
}

function list(
  objects: ReadonlyMap<string, KubeObject>,
  prefix: string,
  { namespace, call }: { namespace: string | undefined; call: KubeCall },
): unknown {
  const found = [...objects]
    .filter(([key]) => key.startsWith(namespace === undefined ? prefix : `${prefix}${namespace}/`))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, object]) => object)
  const start = Number(call.query.get('continue') ?? 0)
  const end = start + Number(call.query.get('limit') ?? found.length)
  return {
    metadata: { resourceVersion: '1', ...(end < found.length && { continue: String(end) }) },
    items: found.slice(start, end),
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

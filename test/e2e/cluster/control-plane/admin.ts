import { readFileSync } from 'node:fs'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import { parseAllDocuments } from 'yaml'

export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Somebody who may do everything in the cluster: the team that writes objects, and the controllers of Flux and Argo CD. */
export interface ClusterAdmin {
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /** Creates or changes objects by server-side apply; waits until a new kind is served. */
  apply(...objects: readonly KubeObject[]): Promise<void>
  applyFile(path: string): Promise<void>
  /** What a controller writes; `managers` are told apart. */
  applyStatus(object: KubeObject, status: unknown): Promise<void>
  read(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<KubeObject | null>
  remove(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<void>
  /** A token of a ServiceAccount, which is made where it is missing. */
  createToken(account: string, seconds?: number): Promise<string>
  waitUntilReady(isRunning: () => boolean): Promise<void>
}

export interface RequestOptions {
  readonly body?: unknown
  readonly contentType?: string
  /** What the answer is to be, JSON unless told. */
  readonly accept?: string
}

export interface AdminOptions {
  readonly url: string
  readonly ca: string
  readonly token: string
}

/** Kinds whose plural is not the kind in lower case with an s. */
const plurals: Readonly<Record<string, string>> = { GitRepository: 'gitrepositories' }

export function createClusterAdmin({ url, ca, token }: AdminOptions): ClusterAdmin {
  const agent = new https.Agent({ keepAlive: true, ca, maxSockets: 16 })
  const request: ClusterAdmin['request'] = (
    method,
    path,
    { body, contentType = 'application/json', accept = 'application/json' } = {},
  ) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': contentType, accept }
      const sent = https.request(`${url}${path}`, { method, headers, agent }, (response) => {
        text(response).then(
          (answer) => resolve({ status: response.statusCode ?? 0, body: parse(answer) }),
          reject,
        )
      })
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const applyAt = async (path: string, body: unknown, manager: string) => {
    const query = `?fieldManager=${manager}&force=true`
    const options = { body, contentType: 'application/apply-patch+yaml' }
    return await request('PATCH', `${path}${query}`, options)
  }
  const apply = async (object: KubeObject) => {
    // A kind is served a moment after its definition was accepted.
    for (let attempt = 0; ; attempt++) {
      const { status, body } = await applyAt(formatPath(object), object, 'team')
      if (status < 300) return
      if (status !== 404 || attempt > 100) throw new Error(`${status} ${JSON.stringify(body)}`)
      await pause()
    }
  }
  return {
    request,
    apply: async (...objects) => {
      for (const object of objects) await apply(object)
    },
    applyFile: async (path) => {
      for (const object of readObjects(path)) await apply(object)
    },
    applyStatus: async (object, status) => {
      const { apiVersion, kind, metadata } = object
      const { status: code, body } = await applyAt(
        `${formatPath(object)}/status`,
        { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, status },
        'source-controller',
      )
      if (code >= 300) throw new Error(`${code} ${JSON.stringify(body)}`)
    },
    read: async (object) => {
      const { status, body } = await request('GET', formatPath(object))
      return status === 200 ? (body as KubeObject) : null
    },
    remove: async (object) => void (await request('DELETE', formatPath(object))),
    createToken: async (name, seconds = 600) => {
      await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } })
      const path = `/api/v1/namespaces/default/serviceaccounts/${name}/token`
      const body = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: seconds },
      }
      const answer = await request('POST', path, { body })
      return (answer.body as { status: { token: string } }).status.token
    },
    waitUntilReady: async (isRunning) => {
      for (let attempt = 0; attempt < 600 && isRunning(); attempt++) {
        if (
          await request('GET', '/readyz').then(
            ({ status }) => status === 200,
            () => false,
          )
        )
          return
        await pause()
      }
      throw new Error('kube-apiserver is not ready')
    },
  }
}

/** Every object of a YAML file. */
export function readObjects(path: string): KubeObject[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as KubeObject)
}

function formatPath({
  apiVersion,
  kind,
  metadata,
}: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`
  return `${base}${namespace}/${plural}/${encodeURIComponent(metadata.name)}`
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer)
  } catch {
    return answer
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}

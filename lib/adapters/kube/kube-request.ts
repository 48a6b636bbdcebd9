import { SyncError } from '../../core/errors.ts'
import type { Clock } from '../../ports.ts'
import type { Egress, EgressResponse } from '../egress/egress.ts'
import type { KubeResource } from './kube-client.ts'
import type { ClusterConnection, OpenCluster } from './open-cluster.ts'

export interface KubeRequestOptions {
  /** How errors call the cluster. */
  readonly cluster: string
  readonly open: OpenCluster
  /** The way out to the server of the cluster, which the kubeconfig has listed. */
  readonly createEgress: (server: URL) => Egress
  readonly clock: Clock
}

export interface KubeRequest {
  readonly verb: 'get' | 'list' | 'patch'
  readonly resource: KubeResource
  readonly subresource?: string
  /** What follows the path of the resource: a name, a query. */
  readonly path: string
  /** Of a server-side apply. */
  readonly body?: unknown
}

/**
 * The parsed answer; `null` for 404, `'expired'` for 410.
 * @throws {SyncError} ClusterAuthFailed, ClusterForbidden, ConfigSourceUnavailable, ClusterCredentialsInvalid
 */
export type SendKubeRequest = (request: KubeRequest) => Promise<unknown>

const userAgent = 'secret-manager-controller (serverless)'
/** A page of 500 sources has about 1 MB, one of 100 large Applications some ten. */
const maxBodyBytes = 64 * 1024 * 1024
const timeoutMs = 15_000
/** Ends a request within the server too, so that it is not left waiting for its storage. */
const serverTimeout = '10s'
const attempts = 4
/** A server that takes longer would take as long again, while other clusters wait for the same pass to go on. */
const repeatWithinMs = 8_000
const retryBaseMs = 250
const maximumRetryAfterMs = 5_000
const codes = { unavailable: 'ConfigSourceUnavailable', tooLarge: 'ConfigSourceUnavailable' } as const

/** Speaks to one cluster. A refused token is renewed once; a busy or broken server is asked again, with jitter. */
export function createKubeRequests(options: KubeRequestOptions): SendKubeRequest {
  const egresses = new Map<string, Egress>()
  const egressTo = ({ server }: ClusterConnection): Egress => {
    const known = egresses.get(server) ?? options.createEgress(new URL(server))
    egresses.set(server, known)
    return known
  }
  const sendOnce = async (request: KubeRequest, renew: boolean): Promise<EgressResponse> => {
    const connection = await options.open(renew)
    return await egressTo(connection)(createRequest(connection, request))
  }
  const repeat = async (request: KubeRequest, renew: boolean): Promise<Answered> => {
    const startedAt = options.clock.now()
    for (let attempt = 1; ; attempt++) {
      const answered = await settle(() => sendOnce(request, renew && attempt === 1))
      const isLate = options.clock.now() - startedAt > repeatWithinMs
      if (attempt === attempts || isLate || !isPassing(answered)) return answered
      await options.clock.sleep(findDelayMs(answered, attempt, options.clock.random()))
    }
  }
  return async (request) => {
    const answered = await repeat(request, false)
    const isRefused = 'response' in answered && answered.response.status === 401
    return readAnswer(isRefused ? await repeat(request, true) : answered, options, request)
  }
}

type Answered = { readonly response: EgressResponse } | { readonly error: SyncError }

async function settle(send: () => Promise<EgressResponse>): Promise<Answered> {
  try {
    return { response: await send() }
  } catch (thrown) {
    if (thrown instanceof SyncError) return { error: thrown }
    throw thrown
  }
}

function createRequest(connection: ClusterConnection, request: KubeRequest) {
  const { server, ca, serverName, bearerToken, clientCertificate } = connection
  const { body } = request
  const isWrite = body !== undefined
  const url = new URL(server + formatPath(request.resource) + request.path)
  url.searchParams.set('timeout', serverTimeout)
  return {
    url: url.href,
    method: isWrite ? ('PATCH' as const) : ('GET' as const),
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...(bearerToken !== undefined && { authorization: `Bearer ${bearerToken}` }),
      ...(isWrite && { 'content-type': 'application/apply-patch+yaml' }),
    },
    ...(isWrite && { body: Buffer.from(JSON.stringify(body)) }),
    ...(ca !== undefined && { ca: [ca] }),
    ...(serverName !== undefined && { serverName }),
    ...(clientCertificate && { clientCertificate }),
    maxBodyBytes,
    timeoutMs,
    codes,
  }
}

function formatPath({ group, version, plural, namespace }: KubeResource): string {
  const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  return `${base}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`
}

/** Whether the same may be answered otherwise in a moment. Whoever has not answered in time would not then either. */
function isPassing(answered: Answered): boolean {
  if ('error' in answered) {
    return answered.error.disposition === 'retry' && answered.error.data['reason'] !== 'TIMEOUT'
  }
  const { status } = answered.response
  return status === 429 || status >= 500
}

function findDelayMs(answered: Answered, attempt: number, chance: number): number {
  const header = 'response' in answered ? answered.response.headers['retry-after'] : undefined
  const askedMs = Math.min(Number(header ?? 0) * 1_000 || 0, maximumRetryAfterMs)
  return askedMs + retryBaseMs * 2 ** (attempt - 1) * (0.5 + chance)
}

function readAnswer(
  answered: Answered,
  { cluster }: KubeRequestOptions,
  { verb, resource, subresource }: KubeRequest,
): unknown {
  const plural = [resource.plural, ...(subresource === undefined ? [] : [subresource])].join('/')
  const at = resource.namespace === undefined ? {} : { namespace: resource.namespace }
  const about = {
    cluster,
    verb,
    resource: resource.group === '' ? plural : `${plural}.${resource.group}`,
    ...at,
  }
  if ('error' in answered) throw withCluster(answered.error, about)
  const { status, body } = answered.response
  if (status === 404) return null
  if (status === 410) return 'expired'
  if (status === 401) throw new SyncError('ClusterAuthFailed', { data: { cluster } })
  if (status === 403) throw new SyncError('ClusterForbidden', { data: about })
  if (status !== 200 && status !== 201) {
    throw new SyncError('ConfigSourceUnavailable', { data: { ...about, status } })
  }
  return parseBody(body, about)
}

function parseBody(body: Uint8Array, about: Readonly<Record<string, string>>): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new SyncError('ConfigSourceUnavailable', { data: { ...about, reason: 'no JSON' } })
  }
}

function withCluster(error: SyncError, about: Readonly<Record<string, string>>): SyncError {
  return new SyncError(error.code, { data: { ...about, ...error.data }, cause: error })
}

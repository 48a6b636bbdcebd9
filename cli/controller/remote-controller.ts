import { formatQuery, type UnsignedRequest } from '../../lib/adapters/aws/sign-request.ts'
import type { DeliveryFate } from '../../lib/core/audit/delivery-effect.ts'
import type { Setting } from '../../lib/core/audit/list-settings.ts'
import { isWholeConfigId, matchConfigId } from '../../lib/core/config/config-id.ts'
import { type ErrorCode, errorTable, SyncError } from '../../lib/core/errors.ts'
import type { HistoryEntry, RequestRecord } from '../../lib/core/state/records.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'
import type { Controller } from './controller.ts'

export interface RemoteOptions {
  /** Address of the API, without a slash at the end. */
  readonly url: string
  /** The headers that let a request in. */
  authorize(request: UnsignedRequest): Promise<Readonly<Record<string, string>>>
  /** How long to wait before an answer is asked for again. */
  readonly pollMs: number
}

const requestTimeoutMs = 30_000
const answerTimeoutMs = 300_000

/** A running service, through its API. */
export function createRemoteController(options: RemoteOptions): Controller {
  const pathOf = (id: string) => `/configs/${id.split('/').map(encodeURIComponent).join('/')}`
  const ask = async (path: string, body?: unknown) => {
    const { requestId } = (await call(options, 'POST', path, body)) as { requestId: string }
    return await waitForAnswer(options, requestId)
  }
  const listConfigs = async () => (await call(options, 'GET', '/configs')) as readonly ConfigSummary[]
  return {
    listConfigs,
    findConfig: async (text) => {
      // Whoever may ask for one namespace alone may not list them all.
      if (isWholeConfigId(text)) return text
      return matchConfigId(
        text,
        (await listConfigs()).map(({ id }) => id),
      )
    },
    readConfig: async (id) => (await call(options, 'GET', pathOf(id))) as ConfigDetail,
    listHistory: async (id, limit) =>
      (await call(options, 'GET', `${pathOf(id)}/history?limit=${limit}`)) as readonly HistoryEntry[],
    blameSecret: async ({ name, version }) => {
      const query = formatQuery(
        Object.entries({ secret: name, ...(version === undefined ? {} : { version }) }),
      )
      return (await call(options, 'GET', `/blame?${query}`)) as readonly Setting[]
    },
    readDelivery: async (hash) =>
      (await call(options, 'GET', `/deliveries/${encodeURIComponent(hash)}`)) as DeliveryFate,
    request: async (id, kind) => await ask(`${pathOf(id)}/${kind}`),
    rollback: async (id, order) => await ask(`${pathOf(id)}/rollback`, order),
    approve: async (id, approve) => await ask(`${pathOf(id)}/prune`, { approve }),
    adopt: async (id, adoption) => await ask(`${pathOf(id)}/adopt`, adoption),
    close: async () => {},
  }
}

async function waitForAnswer(options: RemoteOptions, requestId: string): Promise<RequestRecord> {
  const until = Date.now() + answerTimeoutMs
  for (;;) {
    const request = (await call(options, 'GET', `/requests/${requestId}`)) as RequestRecord
    if (request.state !== 'queued') return request
    if (Date.now() > until) throw new SyncError('DeadlineReached', { data: { requestId } })
    await new Promise((resolve) => setTimeout(resolve, options.pollMs))
  }
}

/** The parsed answer. @throws {SyncError} ApiUnreachable, ApiAccessDenied, or the code that the service answered */
async function call(
  { url, authorize }: RemoteOptions,
  method: UnsignedRequest['method'],
  ...[path, content]: [path: string, content?: unknown]
): Promise<unknown> {
  const body = content === undefined ? {} : { body: JSON.stringify(content) }
  const headers = await authorize({ method, url: new URL(url + path), ...body })
  const signal = AbortSignal.timeout(requestTimeoutMs)
  const response = await fetch(url + path, { method, headers, ...body, signal, redirect: 'error' }).catch(
    (cause: unknown) => {
      throw new SyncError('ApiUnreachable', { data: { url }, cause })
    },
  )
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  throw new SyncError(readCode(answer) ?? chooseCode(response.status), { data: { path } })
}

function readCode(body: unknown): ErrorCode | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return typeof code === 'string' && Object.hasOwn(errorTable, code) ? (code as ErrorCode) : null
}

/** Of an answer that is not the service's own: what stands before it answers in words of its own. */
function chooseCode(status: number): ErrorCode {
  return status === 401 || status === 403 ? 'ApiAccessDenied' : 'ApiUnreachable'
}

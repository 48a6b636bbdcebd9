import type { DeliveryFate } from '../../lib/core/audit/delivery-effect.ts'
import type { Setting } from '../../lib/core/audit/list-settings.ts'
import { errorTable, SyncError } from '../../lib/core/errors.ts'
import type { HistoryEntry, RequestRecord } from '../../lib/core/state/records.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'
import type { Controller } from './controller.ts'

export interface RemoteOptions {
  /** Address of the running service, without a slash at the end. */
  readonly url: string
  readonly token: string
}

const pollMs = 25
const answerTimeoutMs = 300_000

/** The running service, through its API. */
export function createRemoteController(options: RemoteOptions): Controller {
  const pathOf = (id: string) => `/configs/${id.split('/').map(encodeURIComponent).join('/')}`
  const ask = async (path: string, body?: unknown) => {
    const { requestId } = (await call(options, 'POST', path, body)) as { requestId: string }
    return await waitForAnswer(options, requestId)
  }
  return {
    listConfigs: async () => (await call(options, 'GET', '/configs')) as readonly ConfigSummary[],
    readConfig: async (id) => (await call(options, 'GET', pathOf(id))) as ConfigDetail,
    listHistory: async (id, limit) =>
      (await call(options, 'GET', `${pathOf(id)}/history?limit=${limit}`)) as readonly HistoryEntry[],
    blameSecret: async ({ name, version }) => {
      const query = new URLSearchParams({ secret: name, ...(version === undefined ? {} : { version }) })
      return (await call(options, 'GET', `/blame?${query}`)) as readonly Setting[]
    },
    readDelivery: async (hash) =>
      (await call(options, 'GET', `/deliveries/${encodeURIComponent(hash)}`)) as DeliveryFate,
    request: async (id, kind) => await ask(`${pathOf(id)}/${kind}`),
    rollback: async (id, order) => await ask(`${pathOf(id)}/rollback`, order),
    approve: async (id, approve) => await ask(`${pathOf(id)}/prune`, { approve }),
    close: async () => {},
  }
}

async function waitForAnswer(options: RemoteOptions, requestId: string): Promise<RequestRecord> {
  const until = Date.now() + answerTimeoutMs
  for (;;) {
    const request = (await call(options, 'GET', `/requests/${requestId}`)) as RequestRecord
    if (request.state !== 'queued') return request
    if (Date.now() > until) throw new SyncError('DeadlineReached', { data: { requestId } })
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** The parsed answer. @throws {SyncError} with the code that the service answered */
async function call(
  { url, token }: RemoteOptions,
  method: string,
  ...[path, body]: [path: string, body?: unknown]
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (response.ok) return answer
  throw new SyncError(readCode(answer), { data: { path } })
}

function readCode(body: unknown): keyof typeof errorTable {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
    ? (code as keyof typeof errorTable)
    : 'InternalError'
}

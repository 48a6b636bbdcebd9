import { SyncError } from '../../core/errors.ts'
import type { KubeResource, ListOptions } from './kube-client.ts'
import type { SendKubeRequest } from './kube-request.ts'

const defaultPageSize = 500
/** An expired list starts anew; one that expires again is read by somebody too slow for this cluster. */
const maximumStarts = 3

interface Page {
  readonly items: readonly unknown[]
  readonly continueToken: string
}

/**
 * Every object of a kind, page by page. All pages are of one moment: where the cluster has forgotten it (410), the
 * list starts anew.
 * @returns `null` where the cluster does not serve the kind
 * @throws {SyncError} ConfigSourceUnavailable, and what `send` throws
 */
export async function listPages(
  send: SendKubeRequest,
  resource: KubeResource,
  options: ListOptions,
): Promise<readonly unknown[] | null> {
  for (let start = 1; start <= maximumStarts; start++) {
    const items = await listOnce(send, resource, options)
    if (items !== 'expired') return items
  }
  throw new SyncError('ConfigSourceUnavailable', { data: { resource: resource.plural, reason: 'Expired' } })
}

async function listOnce(
  send: SendKubeRequest,
  resource: KubeResource,
  { pageSize = defaultPageSize, labelSelector, pick = (item) => item }: ListOptions,
): Promise<readonly unknown[] | null | 'expired'> {
  const items: unknown[] = []
  let continueToken = ''
  do {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(labelSelector !== undefined && { labelSelector }),
      ...(continueToken !== '' && { continue: continueToken }),
    })
    const answer = await send({ verb: 'list', resource, path: `?${query}` })
    if (answer === 'expired') return 'expired'
    if (answer === null) return null
    const page = readPage(answer, resource)
    for (const item of page.items) items.push(pick(item))
    continueToken = page.continueToken
  } while (continueToken !== '')
  return items
}

function readPage(answer: unknown, { plural }: KubeResource): Page {
  const { items, metadata } = answer as { items?: unknown; metadata?: { continue?: unknown } }
  if (!Array.isArray(items))
    throw new SyncError('ConfigSourceUnavailable', { data: { resource: plural, reason: 'no list' } })
  const token = metadata?.continue
  return { items, continueToken: typeof token === 'string' ? token : '' }
}

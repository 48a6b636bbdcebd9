import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { isSyncError } from '../../../core/errors.ts'
import {
  type Delivery,
  type HistoryEntry,
  type RequestRecord,
  type SweepProgress,
  stateSchema,
} from '../../../core/state/records.ts'
import { formatTime, type IsoTime } from '../../../core/time.ts'
import type { Clock, StateStore } from '../../../ports.ts'
import { type ItemKey, type ItemTable, parseItem } from './table.ts'

/** What is kept for people, deliveries and requests for a while and history for good, and for the next run. */
export function createRecords(
  table: ItemTable,
  clock: Pick<Clock, 'now'>,
): Pick<
  StateStore,
  | 'readDelivery'
  | 'writeDelivery'
  | 'readRequest'
  | 'writeRequest'
  | 'readSweep'
  | 'writeSweep'
  | 'removeSweep'
  | 'appendHistory'
  | 'listHistory'
> {
  const readUnexpired = async <Content>(key: ItemKey): Promise<Content | null> => {
    const item = await table.read(key)
    // A table removes what has expired when it likes: within days, in the case of DynamoDB.
    if (!item || (item.expiresAt ?? '9') <= formatTime(clock.now())) return null
    return parseItem<Content>(item)
  }
  const writeExpiring = (key: ItemKey, content: unknown, expiresAt: IsoTime) =>
    table.write({ ...key, schema: stateSchema, body: formatCanonicalJson(content), expiresAt })

  return {
    readDelivery: async (hash) => await readUnexpired<Delivery>(deliveryKey(hash)),
    writeDelivery: async (delivery, expiresAt) =>
      await writeExpiring(deliveryKey(delivery.hash), delivery, expiresAt),
    readRequest: async (requestId) => await readUnexpired<RequestRecord>(requestKey(requestId)),
    writeRequest: async (request, expiresAt) =>
      await writeExpiring(requestKey(request.requestId), request, expiresAt),
    readSweep: async (id) => await readUnexpired<SweepProgress>(sweepKey(id)),
    writeSweep: async (progress, expiresAt) =>
      await writeExpiring(sweepKey(progress.id), progress, expiresAt),
    removeSweep: async (id) => await table.remove(sweepKey(id)),
    appendHistory: async (entry) => await appendEntry(table, entry),
    listHistory: async (id, limit) => {
      const items = await table.list({ partition: `history#${id}`, limit, newestFirst: true })
      return items.map((item) => parseItem<HistoryEntry>(item))
    },
  }
}

/** An entry is written once; a repeated append of the same entry is no conflict. */
async function appendEntry(table: ItemTable, entry: HistoryEntry): Promise<void> {
  const key = { partition: `history#${entry.id}`, sort: `${entry.at}#${entry.requestId}` }
  const body = formatCanonicalJson(entry)
  try {
    await table.write({ ...key, schema: stateSchema, body }, null)
  } catch (thrown) {
    const present = isSyncError(thrown, 'StateConflict') ? await table.read(key) : null
    if (present?.body !== body) throw thrown
  }
}

function deliveryKey(hash: string): ItemKey {
  return { partition: `delivery#${hash}`, sort: 'delivery' }
}

function requestKey(requestId: string): ItemKey {
  return { partition: `request#${requestId}`, sort: 'request' }
}

function sweepKey(id: string): ItemKey {
  return { partition: `sweep#${id}`, sort: 'sweep' }
}

import { randomUUID } from 'node:crypto'
import { SyncError } from '../../core/errors.ts'
import { stateSchema } from '../../core/state/records.ts'
import type { Clock, StateStore } from '../../ports.ts'
import { dropBody, readBody, storeBody } from './dynamodb/bodies.ts'
import {
  type Condition,
  type DynamodbTarget,
  deleteRow,
  getRow,
  putRow,
  queryRows,
} from './dynamodb/requests.ts'
import {
  formatRow,
  formatStamp,
  parseBody,
  parseRow,
  type Row,
  readSchema,
  readText,
} from './dynamodb/row.ts'
import { createStateStore } from './items/state-store.ts'
import type { Item, ItemKey, ItemQuery, ItemTable } from './items/table.ts'

export interface DynamodbStateOptions extends DynamodbTarget {
  readonly clock: Pick<Clock, 'now'>
}

/** The state in a DynamoDB table. */
export function createDynamodbState({ clock, ...at }: DynamodbStateOptions): StateStore {
  return createStateStore(createDynamodbTable(at), clock)
}

function createDynamodbTable(at: DynamodbTarget): ItemTable {
  return {
    read: async (key) => await readItem(at, key),
    list: async (query) => await listItems(at, query),
    write: async (item, before) => await writeItem(at, item, before),
    remove: async (key) => {
      const result = await deleteRow(at, key, orNotNewer('attribute_not_exists(pk)'))
      if ('refusedBy' in result) throw explainRefusal(key, result.refusedBy)
      if (result.replaced) await dropBody(at, parseBody(result.replaced))
    },
    listDue: async (partition, until, limit) => {
      const query = {
        IndexName: 'due',
        KeyConditionExpression: 'pk = :pk AND dueAt <= :until',
        ExpressionAttributeValues: { ':pk': { S: partition }, ':until': { S: until } },
      }
      const rows = await queryRows(at, query, limit)
      return rows.map((row) => ({ sort: readText(row, 'sk'), dueAt: readText(row, 'dueAt') }))
    },
  }
}

async function readItem(at: DynamodbTarget, key: ItemKey): Promise<Item | null> {
  const row = await getRow(at, key)
  return row && (await openRow(at, row))
}

async function listItems(
  at: DynamodbTarget,
  { partition, prefix, limit, newestFirst }: ItemQuery,
): Promise<Item[]> {
  const query = {
    ConsistentRead: true,
    ScanIndexForward: newestFirst !== true,
    KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ...(prefix === undefined ? {} : { ':prefix': { S: prefix } }),
    },
  }
  const items: Item[] = []
  for (const row of await queryRows(at, query, limit)) items.push(await openRow(at, row))
  return items
}

/** A body whose parts are gone was replaced in the meantime: then the row is read once more. */
async function openRow(at: DynamodbTarget, row: Row): Promise<Item> {
  const body = await readBody(at, parseBody(row))
  if (body !== null) return { ...parseRow(row), body }
  const { partition, sort } = parseRow(row)
  const latest = await getRow(at, { partition, sort })
  const latestBody = latest && (await readBody(at, parseBody(latest)))
  if (!latest || latestBody === null) throw new SyncError('StateConflict', { data: { item: sort } })
  return { ...parseRow(latest), body: latestBody }
}

async function writeItem(at: DynamodbTarget, item: Item, before: string | null | undefined): Promise<void> {
  const writeId = randomUUID()
  const body = await storeBody(at, item)
  const result = await putRow(at, formatRow(item, { body, writeId }), formatPrecondition(before))
  if ('replaced' in result) {
    if (result.replaced) await dropBody(at, parseBody(result.replaced))
    return
  }
  // The client may have sent the request twice because the first answer was lost.
  if (result.refusedBy['writeId']?.S === writeId) return
  await dropBody(at, body)
  throw explainRefusal(item, result.refusedBy)
}

function formatPrecondition(before: string | null | undefined): Condition {
  if (before === undefined) return orNotNewer('attribute_not_exists(pk)')
  if (before === null) return { expression: 'attribute_not_exists(pk)' }
  return {
    expression: 'stamp = :stamp AND schemaVersion <= :schema',
    values: { ':stamp': { S: formatStamp(before) }, ':schema': { N: String(stateSchema) } },
  }
}

function orNotNewer(expression: string): Condition {
  return {
    expression: `${expression} OR schemaVersion <= :schema`,
    values: { ':schema': { N: String(stateSchema) } },
  }
}

function explainRefusal(key: ItemKey, row: Row): SyncError {
  const code = readSchema(row) > stateSchema ? 'StateTooNew' : 'StateConflict'
  return new SyncError(code, { data: { item: `${key.partition} ${key.sort}` } })
}

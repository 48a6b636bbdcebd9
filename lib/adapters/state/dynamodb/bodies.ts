import { randomUUID } from 'node:crypto'
import { SyncError } from '../../../core/errors.ts'
import type { Item } from '../items/table.ts'
import { type DynamodbTarget, deleteRow, putRow, queryRows } from './requests.ts'
import { type Body, formatKey, formatTtl, readText } from './row.ts'

/** DynamoDB takes items of 400 KB; a code unit of a text is at most three bytes. */
const partLength = 120_000

/**
 * Puts a body that is too long for one row into rows of its own. They are never changed: the row that names them is
 * what switches from one body to the next.
 */
export async function storeBody(at: DynamodbTarget, { body, expiresAt }: Item): Promise<Body> {
  const count = Math.ceil(body.length / partLength)
  if (count <= 1) return { text: body }
  const partsId = randomUUID()
  for (let n = 0; n < count; n += 1) {
    await putRow(at, {
      ...formatKey(formatPartKey(partsId, n)),
      part: { S: body.slice(n * partLength, (n + 1) * partLength) },
      ...(expiresAt === undefined ? {} : { ttl: { N: formatTtl(expiresAt) } }),
    })
  }
  return { partsId, count }
}

/** The whole text; `null` where parts are gone because the item was replaced in the meantime. */
export async function readBody(at: DynamodbTarget, body: Body): Promise<string | null> {
  if ('text' in body) return body.text
  const rows = await queryRows(at, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: formatPartKey(body.partsId, 0).partition } },
  })
  return rows.length === body.count ? rows.map((row) => readText(row, 'part')).join('') : null
}

/** Removes the parts of a body that no row names any more. @throws {SyncError} StateUnavailable */
export async function dropBody(at: DynamodbTarget, body: Body): Promise<void> {
  if ('text' in body) return
  for (let n = 0; n < body.count; n += 1) await deleteRow(at, formatPartKey(body.partsId, n))
}

function formatPartKey(partsId: string, n: number) {
  if (n > 999_999) throw new SyncError('InternalError', { data: { parts: n } })
  return { partition: `parts#${partsId}`, sort: String(n).padStart(6, '0') }
}

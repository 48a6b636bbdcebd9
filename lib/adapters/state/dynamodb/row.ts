import { createHash } from 'node:crypto'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { SyncError } from '../../../core/errors.ts'
import { parseTime } from '../../../core/time.ts'
import type { Item, ItemKey } from '../items/table.ts'

/** An item as DynamoDB holds it. */
export type Row = Readonly<Record<string, AttributeValue>>

/** Where the body is: in the row, or in so many parts under an id of their own. */
export type Body = { readonly text: string } | { readonly partsId: string; readonly count: number }

/** Key of an item: hash key `pk`, range key `sk`. */
export function formatKey({ partition, sort }: ItemKey): Row {
  return { pk: { S: partition }, sk: { S: sort } }
}

/** `stamp` stands for the body in conditions; `writeId` tells a write that was repeated from one that came second. */
export function formatRow(
  item: Item,
  { body, writeId }: { readonly body: Body; readonly writeId: string },
): Row {
  return {
    ...formatKey(item),
    schemaVersion: { N: String(item.schema) },
    stamp: { S: formatStamp(item.body) },
    writeId: { S: writeId },
    ...('text' in body
      ? { body: { S: body.text } }
      : { partsId: { S: body.partsId }, partCount: { N: String(body.count) } }),
    ...(item.dueAt === undefined ? {} : { dueAt: { S: item.dueAt } }),
    ...(item.expiresAt === undefined
      ? {}
      : { expiresAt: { S: item.expiresAt }, ttl: { N: formatTtl(item.expiresAt) } }),
  }
}

/** Seconds since the epoch, as DynamoDB's time to live wants them. */
export function formatTtl(expiresAt: string): string {
  return String(Math.ceil(parseTime(expiresAt) / 1000))
}

/** SHA-256 of a body. Bodies hold names, ids and codes only, so this gives nothing away. */
export function formatStamp(body: string): string {
  return createHash('sha256').update(body).digest('base64url')
}

/** All of an item but its body, which may be elsewhere. */
export function parseRow(row: Row): Omit<Item, 'body'> {
  const dueAt = row['dueAt']?.S
  const expiresAt = row['expiresAt']?.S
  return {
    partition: readText(row, 'pk'),
    sort: readText(row, 'sk'),
    schema: readSchema(row),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

export function parseBody(row: Row): Body {
  const partsId = row['partsId']?.S
  return partsId === undefined
    ? { text: readText(row, 'body') }
    : { partsId, count: Number(row['partCount']?.N) }
}

/** The layout of a row, which every release can read. */
export function readSchema(row: Row): number {
  return Number(row['schemaVersion']?.N)
}

/** @throws {SyncError} InternalError where the attribute holds something else */
export function readText(row: Row, attribute: string): string {
  const text = row[attribute]?.S
  if (text === undefined) throw new SyncError('InternalError', { data: { attribute } })
  return text
}

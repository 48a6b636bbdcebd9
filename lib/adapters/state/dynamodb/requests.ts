import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import { SyncError } from '../../../core/errors.ts'
import { readErrorName } from '../../aws/error-name.ts'
import type { ItemKey } from '../items/table.ts'
import { formatKey, type Row } from './row.ts'

/** A table: hash key `pk`, range key `sk`, time to live `ttl`, index `due` on `pk` and `dueAt` with keys only. */
export interface DynamodbTarget {
  readonly client: DynamoDBClient
  readonly tableName: string
}

/** A condition on the present row, and the values that it names. */
export interface Condition {
  readonly expression: string
  readonly values?: Row
}

/** What a conditional write met: the row that it replaced, or the one that stood against it. */
export type WriteResult = { readonly replaced: Row | null } | { readonly refusedBy: Row }

/** @throws {SyncError} StateUnavailable */
export async function getRow({ client, tableName }: DynamodbTarget, key: ItemKey): Promise<Row | null> {
  const command = new GetItemCommand({ TableName: tableName, Key: formatKey(key), ConsistentRead: true })
  return (await call(() => client.send(command))).Item ?? null
}

/** @throws {SyncError} StateUnavailable */
export async function putRow(at: DynamodbTarget, row: Row, condition?: Condition): Promise<WriteResult> {
  const command = new PutItemCommand({
    TableName: at.tableName,
    Item: { ...row },
    ...formatCondition(condition),
  })
  return await write(() => at.client.send(command))
}

/** @throws {SyncError} StateUnavailable */
export async function deleteRow(
  at: DynamodbTarget,
  key: ItemKey,
  condition?: Condition,
): Promise<WriteResult> {
  const command = new DeleteItemCommand({
    TableName: at.tableName,
    Key: formatKey(key),
    ...formatCondition(condition),
  })
  return await write(() => at.client.send(command))
}

/** Rows of a query, page by page, up to a limit. @throws {SyncError} StateUnavailable */
export async function queryRows(
  { client, tableName }: DynamodbTarget,
  query: Omit<QueryCommandInput, 'TableName' | 'Limit'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = []
  let start: Record<string, Row[string]> | undefined
  do {
    const command = new QueryCommand({
      ...query,
      TableName: tableName,
      ...(Number.isFinite(limit) && { Limit: limit - rows.length }),
      ...(start && { ExclusiveStartKey: start }),
    })
    const page = await call(() => client.send(command))
    rows.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start && rows.length < limit)
  return rows
}

function formatCondition(condition: Condition | undefined) {
  return {
    ReturnValues: 'ALL_OLD' as const,
    ...(condition && {
      ConditionExpression: condition.expression,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      ...(condition.values && { ExpressionAttributeValues: { ...condition.values } }),
    }),
  }
}

async function write(send: () => Promise<{ Attributes?: Row | undefined }>): Promise<WriteResult> {
  try {
    return { replaced: (await send()).Attributes ?? null }
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return { refusedBy: thrown.Item ?? {} }
    throw toStateError(thrown)
  }
}

async function call<Output>(send: () => Promise<Output>): Promise<Output> {
  try {
    return await send()
  } catch (thrown) {
    throw toStateError(thrown)
  }
}

/** The state is there or it is not: what exactly DynamoDB says is for the log. */
function toStateError(cause: unknown): SyncError {
  return new SyncError('StateUnavailable', { data: { error: readErrorName(cause) }, cause })
}

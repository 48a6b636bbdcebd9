import { text } from 'node:stream/consumers'
import { startHttpServer } from '../servers/http-server.ts'

type Attribute = { readonly S?: string; readonly N?: string }
type Row = Readonly<Record<string, Attribute>>

/** What is read of a request's JSON. */
interface Input {
  readonly Key?: Row
  readonly Item?: Row
  readonly ConditionExpression?: string
  readonly KeyConditionExpression?: string
  readonly ExpressionAttributeValues?: Row
  readonly IndexName?: string
  readonly Limit?: number
  readonly ScanIndexForward?: boolean
  readonly ExclusiveStartKey?: Row
}

export interface DynamodbServer {
  readonly url: string
  /** Rows by key; a test may change them. */
  readonly rows: Map<string, Row>
  /** Actions in the order of their calls. */
  readonly calls: readonly string[]
  /** Called before a call is answered; a returned name is answered as the error, and nothing is done. */
  refuse: (action: string) => string | undefined
  /** Called after a call is done; `true` cuts the connection instead of answering. */
  loseAnswer: (action: string) => boolean
  close(): Promise<void>
}

const pageSize = 7

/** One table of DynamoDB on loopback, in the wire format of AWS, with pages of seven rows. */
export async function startDynamodbServer(): Promise<DynamodbServer> {
  const rows = new Map<string, Row>()
  const calls: string[] = []
  const http = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    calls.push(action)
    const input: Input = JSON.parse(await text(request))
    const refusal = server.refuse(action)
    const answer = refusal === undefined ? work(rows, action, input) : formatError(refusal)
    if (server.loseAnswer(action)) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(answer.body))
  })
  const server: DynamodbServer = {
    url: http.url,
    rows,
    calls,
    refuse: () => undefined,
    loseAnswer: () => false,
    close: () => http.close(),
  }
  return server
}

function work(rows: Map<string, Row>, action: string, input: Input) {
  const key = formatKey(input.Item ?? input.Key ?? {})
  const present = rows.get(key)
  if (action === 'Query') return { status: 200, body: query([...rows.values()], input) }
  if (action === 'GetItem') return { status: 200, body: { Item: present } }
  if (!isTrue(input.ConditionExpression, present ?? {}, input)) {
    return formatError('ConditionalCheckFailedException', present)
  }
  if (JSON.stringify(input.Item ?? '').length > 400 * 1024) return formatError('ValidationException')
  if (input.Item) rows.set(key, input.Item)
  else rows.delete(key)
  return { status: 200, body: { Attributes: present } }
}

function query(rows: Row[], input: Input) {
  const range = input.IndexName === 'due' ? 'dueAt' : 'sk'
  const sorted = rows
    .filter((row) => row[range] && isTrue(input.KeyConditionExpression, row, input))
    .sort((a, b) => compare(a[range]?.S, b[range]?.S) || compare(a['sk']?.S, b['sk']?.S))
  if (input.ScanIndexForward === false) sorted.reverse()
  const start = sorted.findIndex((row) => formatKey(row) === formatKey(input.ExclusiveStartKey ?? {})) + 1
  const page = sorted.slice(start, start + Math.min(input.Limit ?? pageSize, pageSize))
  const last = page.at(-1)
  const isMore = last && start + page.length < sorted.length
  return { Items: page, ...(isMore && { LastEvaluatedKey: { pk: last['pk'], sk: last['sk'] } }) }
}

/** Evaluates the few forms of expressions that the adapter writes. */
function isTrue(
  expression: string | undefined,
  row: Row,
  { ExpressionAttributeValues = {} }: Input,
): boolean {
  const isTermTrue = (term: string): boolean => {
    const [, call, attribute = '', operator, name = ''] =
      /^(?:(\w+)\()?(\w+)\)?(?:,? (=|<=)? ?(:\w+)\)?)?$/.exec(term) ?? []
    const actual = row[attribute]
    const wanted = ExpressionAttributeValues[name]
    if (call === 'attribute_not_exists') return actual === undefined
    if (call === 'begins_with') return actual?.S?.startsWith(wanted?.S ?? '') ?? false
    if (actual === undefined) return false
    if (actual.N !== undefined)
      return operator === '=' ? actual.N === wanted?.N : Number(actual.N) <= Number(wanted?.N)
    return operator === '=' ? actual.S === wanted?.S : compare(actual.S, wanted?.S) <= 0
  }
  return (expression ?? '')
    .split(' OR ')
    .some((terms) => terms === '' || terms.split(' AND ').every(isTermTrue))
}

function formatKey(row: Row): string {
  return JSON.stringify([row['pk']?.S, row['sk']?.S])
}

function compare(a = '', b = ''): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function formatError(name: string, item?: Row) {
  const type = `com.amazonaws.dynamodb.v20120810#${name}`
  return { status: 400, body: { __type: type, message: 'canary-state-message', Item: item } }
}

import { createHash } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { parsePoke } from '../../../lib/core/poke.ts'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext, createHttpEvent } from '../../fakes/lambda-events.ts'
import { pushPayload, signDelivery } from '../../fakes/webhook-deliveries.ts'
import { startHttpServer } from '../../servers/http-server.ts'

interface Call {
  readonly action: string
  readonly input: Record<string, unknown> & { readonly Entries?: readonly { readonly MessageBody: string }[] }
}

/** Secrets Manager, SQS and DynamoDB, as far as this function needs them. */
async function startAws() {
  const calls: Call[] = []
  const server = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const call: Call = { action, input: (await json(request)) as Call['input'] }
    calls.push(call)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(answer(call)))
  })
  onTestFinished(server.close)
  return { url: server.url, calls }
}

function answer({ action, input: { Entries = [] } }: Call): unknown {
  if (action === 'GetSecretValue') return { SecretString: 'webhook-secret' }
  if (action !== 'SendMessageBatch') return {}
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  return {
    Successful: Entries.map(({ MessageBody }, n) => ({ Id: String(n), MD5OfMessageBody: md5(MessageBody) })),
  }
}

function createPushEvent(headers: Readonly<Record<string, string>>, body: Uint8Array) {
  return createHttpEvent({
    routeKey: 'POST /webhooks/{host}',
    parameters: { host: 'github' },
    headers,
    body: Buffer.from(body).toString(),
  })
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('verifies with the secret of Secrets Manager, sends to SQS and records in DynamoDB', async () => {
  const aws = await startAws()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/webhook/index.ts')
  const { headers, body } = signDelivery(pushPayload)
  expect(await handler(createPushEvent(headers, body), createContext())).toMatchObject({ statusCode: 202 })
  const [secret, sent, recorded] = aws.calls
  expect(secret).toMatchObject({
    action: 'GetSecretValue',
    input: { SecretId: expect.stringMatching(/:secret:smc-webhook$/) },
  })
  expect(sent).toMatchObject({
    action: 'SendMessageBatch',
    input: { QueueUrl: `${aws.url}/123456789012/watch.fifo` },
  })
  expect(parsePoke(sent?.input.Entries?.[0]?.MessageBody ?? '')).toMatchObject({
    id: 'github.com/acme/platform',
  })
  expect(recorded).toMatchObject({ action: 'PutItem', input: { TableName: 'smc-state' } })
})

it('answers 401 to an unsigned request and calls no AWS service', async () => {
  const aws = await startAws()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/webhook/index.ts')
  const answer = await handler(createPushEvent({}, Buffer.from('{}')), createContext())
  expect([answer.statusCode, aws.calls]).toEqual([401, []])
})

it('does not start without the ARN of a secret', async () => {
  stubFunctionEnvironment('http://127.0.0.1:9')
  vi.stubEnv('WEBHOOK_SECRET_ARNS', '')
  await expect(import('../../../functions/webhook/index.ts')).rejects.toMatchObject({
    code: 'EnvironmentInvalid',
    data: { variable: 'WEBHOOK_SECRET_ARNS' },
  })
})

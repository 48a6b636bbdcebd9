import { afterEach, expect, it, vi } from 'vitest'
import { parsePoke } from '../../../lib/core/poke.ts'
import { startAwsServer } from '../../fakes/aws-server.ts'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext, createHttpEvent } from '../../fakes/lambda-events.ts'
import { pushPayload, signDelivery } from '../../fakes/webhook-deliveries.ts'

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
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/webhook/index.ts')
  const { headers, body } = signDelivery(pushPayload)
  expect(await handler(createPushEvent(headers, body), createContext())).toMatchObject({ statusCode: 202 })
  expect(aws.calls).toMatchObject([
    { action: 'GetSecretValue', input: { SecretId: expect.stringMatching(/:secret:smc-webhook$/) } },
    { action: 'SendMessageBatch', input: { QueueUrl: `${aws.url}/123456789012/watch.fifo` } },
    { action: 'PutItem', input: { TableName: 'smc-state' } },
  ])
  const message = aws.calls[1]?.input.Entries?.[0]?.MessageBody ?? ''
  expect(parsePoke(message)).toMatchObject({ kind: 'repository', id: 'github.com/acme/platform' })
})

it('answers 401 to an unsigned request and calls no AWS service', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/webhook/index.ts')
  const answer = await handler(createPushEvent({}, Buffer.from('{}')), createContext())
  expect([answer.statusCode, aws.calls]).toEqual([401, []])
})

it('does not start without the ARN of a secret', async () => {
  stubFunctionEnvironment('http://127.0.0.1:9', { WEBHOOK_SECRET_ARNS: '' })
  await expect(import('../../../functions/webhook/index.ts')).rejects.toMatchObject({
    code: 'EnvironmentInvalid',
    data: { variable: 'WEBHOOK_SECRET_ARNS' },
  })
})

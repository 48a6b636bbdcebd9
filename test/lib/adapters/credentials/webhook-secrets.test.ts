import { json } from 'node:stream/consumers'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createWebhookSecrets } from '../../../../lib/adapters/credentials/webhook-secrets.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { startHttpServer } from '../../../servers/http-server.ts'

/** Webhook secrets of `github` (two) and of `broken`, against Secrets Manager on loopback. */
async function setUp() {
  const stored: Record<string, string | undefined> = { new: 'first', old: 'second\n' }
  const asked: string[] = []
  const server = await startHttpServer(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string }
    asked.push(SecretId)
    const SecretString = stored[SecretId]
    response.writeHead(SecretString === undefined ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.1',
    })
    const failure = SecretId === 'denied' ? 'AccessDeniedException' : 'ResourceNotFoundException'
    response.end(
      JSON.stringify(SecretString === undefined ? { __type: failure, message: 'canary' } : { SecretString }),
    )
  })
  onTestFinished(server.close)
  const clock = createFakeClock()
  const client = new SecretsManagerClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  const arns = new Map([
    ['github', ['new', 'old']],
    ['broken', ['missing']],
    ['closed', ['denied']],
  ])
  return { read: createWebhookSecrets({ client, arns, clock }), clock, stored, asked }
}

describe('createWebhookSecrets', () => {
  it('reads every secret of a host, without a line break at the end', async () => {
    const { read } = await setUp()
    expect(await read('github')).toEqual(['first', 'second'])
  })

  it('has none for a host that is not set up, and asks nobody', async () => {
    const { read, asked } = await setUp()
    expect(await read('gitlab')).toEqual([])
    expect(asked).toEqual([])
  })

  it('asks once a minute, however many deliveries come at once, and sees a replaced secret then', async () => {
    const { read, clock, stored, asked } = await setUp()
    await Promise.all([read('github'), read('github')])
    clock.advance(59_999)
    await read('github')
    expect(asked).toHaveLength(2)
    stored['new'] = 'third'
    clock.advance(1)
    expect(await read('github')).toEqual(['third', 'second'])
  })

  it('refuses a host whose secret is missing, and looks for it again after a minute', async () => {
    const { read, stored, clock } = await setUp()
    await expect(read('broken')).rejects.toMatchObject({ code: 'WebhookSecretMissing' })
    stored['missing'] = 'now'
    clock.advance(60_000)
    expect(await read('broken')).toEqual(['now'])
  })

  it('tries anew after a failure', async () => {
    const { read, stored } = await setUp()
    await expect(read('closed')).rejects.toMatchObject({
      code: 'StoreAccessDenied',
      data: { action: 'secretsmanager:GetSecretValue', error: 'AccessDeniedException' },
    })
    stored['denied'] = 'now'
    expect(await read('closed')).toEqual(['now'])
  })
})

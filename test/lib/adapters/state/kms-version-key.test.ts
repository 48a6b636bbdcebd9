import { createHmac } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { KMSClient } from '@aws-sdk/client-kms'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createKmsVersionKey } from '../../../../lib/adapters/state/kms-version-key.ts'
import { startHttpServer } from '../../../servers/http-server.ts'

interface Input {
  readonly KeyId: string
  readonly MacAlgorithm: string
  readonly Message: string
}

/** KMS with HMAC keys; the material of a key is its id. */
async function openKms() {
  const calls: Input[] = []
  const refusals: string[] = []
  const server = await startHttpServer(async (request, response) => {
    const input = (await json(request)) as Input
    calls.push(input)
    const refusal = refusals.shift()
    response.writeHead(refusal === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
    const mac = createHmac('sha256', input.KeyId).update(input.Message, 'base64').digest('base64')
    response.end(
      JSON.stringify(refusal === undefined ? { Mac: mac } : { __type: refusal, message: 'canary' }),
    )
  })
  const client = new KMSClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  onTestFinished(async () => {
    client.destroy()
    await server.close()
  })
  return { client, calls, refusals }
}

describe('createKmsVersionKey', () => {
  it('is the MAC of one fixed text, the same in every process', async () => {
    const { client, calls } = await openKms()
    const key = await createKmsVersionKey({ client, keyId: 'alias/a' })()
    expect(Buffer.from(key).toString('hex')).toBe(
      createHmac('sha256', 'alias/a')
        .update('secret-manager-controller: key of version ids, 1')
        .digest('hex'),
    )
    expect(await createKmsVersionKey({ client, keyId: 'alias/a' })()).toEqual(key)
    expect(await createKmsVersionKey({ client, keyId: 'alias/b' })()).not.toEqual(key)
    expect(calls[0]).toMatchObject({ KeyId: 'alias/a', MacAlgorithm: 'HMAC_SHA_256' })
  })

  it('is asked for once, by however many', async () => {
    const { client, calls } = await openKms()
    const readKey = createKmsVersionKey({ client, keyId: 'alias/a' })
    await Promise.all([readKey(), readKey(), readKey()])
    await readKey()
    expect(calls).toHaveLength(1)
  })

  it('is asked for again after a failure', async () => {
    const { client, refusals } = await openKms()
    const readKey = createKmsVersionKey({ client, keyId: 'alias/a' })
    refusals.push('AccessDeniedException')
    const thrown = await readKey().catch((caught: unknown) => caught)
    expect(thrown).toMatchObject({
      code: 'VersionKeyUnavailable',
      data: { keyId: 'alias/a', error: 'AccessDeniedException' },
    })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    expect(await readKey()).toHaveLength(32)
  })
})

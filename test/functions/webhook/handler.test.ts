import { gzipSync } from 'node:zlib'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createWebhookHandler } from '../../../functions/webhook/handler.ts'
import { gitHosts } from '../../../lib/adapters/hosts/index.ts'
import { createHttpStack } from '../../../lib/adapters/lambda/http-stack.ts'
import { openQueueDatabase } from '../../../lib/adapters/queue/in-process/messages.ts'
import { createInProcessQueue } from '../../../lib/adapters/queue/in-process.ts'
import { createReceivePush } from '../../../lib/sync/receive-push.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createContext, createHttpEvent } from '../../fakes/lambda-events.ts'
import { createRecordingTelemetry } from '../../fakes/recording-telemetry.ts'
import { pushPayload, signDelivery } from '../../fakes/webhook-deliveries.ts'

interface Delivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The function as it is served, with a count of what it asked of the outside. */
function setUp() {
  const clock = createFakeClock()
  const telemetry = createRecordingTelemetry()
  const database = openQueueDatabase(':memory:')
  onTestFinished(() => database.close())
  const calls = { secrets: 0, deliveries: 0 }
  const receivePush = createReceivePush({
    hosts: gitHosts,
    secrets: async () => {
      calls.secrets += 1
      return ['webhook-secret']
    },
    state: {
      writeDelivery: async () => {
        calls.deliveries += 1
      },
    },
    queue: createInProcessQueue({ database, clock, telemetry }),
    telemetry,
    clock,
  })
  const handle = createHttpStack(createWebhookHandler(receivePush), telemetry)
  const countPokes = () => database.read((db) => db.prepare('SELECT count(*) AS n FROM message').get()?.['n'])
  return {
    clock,
    calls,
    countPokes,
    deliver: async ({ headers, body }: Delivery, { host = 'github', isBase64Encoded = true } = {}) => {
      const text = Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8')
      const request = { routeKey: 'POST /webhooks/{host}', parameters: { host }, headers }
      return await handle(createHttpEvent({ ...request, body: text, isBase64Encoded }), createContext())
    },
  }
}

function readCode({ statusCode, body }: APIGatewayProxyStructuredResultV2): [number | undefined, unknown] {
  return [statusCode, JSON.parse(body ?? '{}').code]
}

const push = signDelivery(pushPayload)
const form = new URLSearchParams({ payload: JSON.stringify(pushPayload) }).toString()
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }

describe('createWebhookHandler', () => {
  it('answers a push with 202 and the hash of the delivery', async () => {
    const { deliver, countPokes } = setUp()
    const answer = await deliver(push)
    expect(answer.statusCode).toBe(202)
    expect(JSON.parse(answer.body ?? '')).toEqual({ delivery: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(countPokes()).toBe(1)
  })

  it('answers 200 to a ping and 204 to other events', async () => {
    const { deliver, countPokes } = setUp()
    expect((await deliver(signDelivery({}, { event: 'ping' }))).statusCode).toBe(200)
    expect((await deliver(signDelivery({}, { event: 'issues' }))).statusCode).toBe(204)
    expect(countPokes()).toBe(0)
  })

  it('reads a body that arrives as text', async () => {
    const { deliver } = setUp()
    const delivery = signDelivery({ ...pushPayload, pusher: 'Zoë' })
    expect((await deliver(delivery, { isBase64Encoded: false })).statusCode).toBe(202)
  })

  it('reads a form', async () => {
    const { deliver, countPokes } = setUp()
    const delivery = signDelivery(Buffer.from(form))
    expect((await deliver({ ...delivery, headers: { ...delivery.headers, ...asForm } })).statusCode).toBe(202)
    expect(countPokes()).toBe(1)
  })

  it('answers 404 to an unknown host', async () => {
    expect(readCode(await setUp().deliver(push, { host: 'other' }))).toEqual([404, 'HostUnknown'])
  })
})

describe('attacks on the webhook', () => {
  it('turns one signed body, sent a thousand times, into one poke per dedup window', async () => {
    const { deliver, countPokes, clock } = setUp()
    for (let index = 0; index < 1_000; index++) {
      const headers = { ...push.headers, 'x-github-delivery': String(index) }
      expect((await deliver({ ...push, headers })).statusCode).toBe(202)
    }
    expect(countPokes()).toBe(1)
    clock.advance(5 * 60_000)
    await deliver(push)
    expect(countPokes()).toBe(2)
  })

  it('answers 401 to ten thousand unsigned requests and calls nothing', async () => {
    const { deliver, countPokes, calls } = setUp()
    const { 'x-hub-signature-256': _, ...unsigned } = push.headers
    for (let index = 0; index < 10_000; index++) {
      expect((await deliver({ ...push, headers: unsigned })).statusCode).toBe(401)
    }
    expect([calls, countPokes()]).toEqual([{ secrets: 0, deliveries: 0 }, 0])
  })

  it('calls nothing but the secret for a wrong signature', async () => {
    const { deliver, countPokes, calls } = setUp()
    const forged = signDelivery(pushPayload, { secret: 'guess' })
    expect(readCode(await deliver(forged))).toEqual([401, 'SignatureInvalid'])
    expect([calls, countPokes()]).toEqual([{ secrets: 1, deliveries: 0 }, 0])
  })

  it.each([
    ['a null repository', { ...pushPayload, repository: null }],
    ['null URLs', { ...pushPayload, repository: { clone_url: null, html_url: null, ssh_url: null } }],
    ['an empty array for the repository', { ...pushPayload, repository: [] }],
    ['an empty array', []],
    ['null', null],
    ['deep nesting', Buffer.from(`{"repository":${'['.repeat(500_000)}${']'.repeat(500_000)}}`)],
    ['a URL of another kind', { ...pushPayload, repository: { clone_url: 'file:///etc/passwd' } }],
  ])('answers 400 to a signed payload with %s', async (_, payload) => {
    const { deliver, countPokes } = setUp()
    expect(readCode(await deliver(signDelivery(payload)))).toEqual([400, 'PayloadInvalid'])
    expect(countPokes()).toBe(0)
  })

  it('answers 400 to a signed payload of another content type and to one said to be compressed', async () => {
    const { deliver } = setUp()
    for (const header of [{ 'content-type': 'text/xml' }, { 'content-encoding': 'gzip' }]) {
      const answer = await deliver({ ...push, headers: { ...push.headers, ...header } })
      expect(readCode(answer)).toEqual([400, 'PayloadInvalid'])
    }
  })

  it('does not inflate a compressed payload', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024))
    const delivery = signDelivery(bomb)
    const headers = { ...delivery.headers, 'content-encoding': 'gzip' }
    expect(readCode(await setUp().deliver({ ...delivery, headers }))).toEqual([401, 'SignatureInvalid'])
  })

  it('answers 413 to 3 MiB and a byte, whether signed or not', async () => {
    const { deliver, calls } = setUp()
    const large = signDelivery(Buffer.alloc(3 * 1024 * 1024 + 1, 0x20))
    for (const headers of [large.headers, {}]) {
      expect(readCode(await deliver({ ...large, headers }))).toEqual([413, 'PayloadTooLarge'])
    }
    expect(calls).toEqual({ secrets: 0, deliveries: 0 })
  })
})

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { apiRouteKeys, createApiHandler } from '../../../functions/api/handler.ts'
import { createHttpStack, type HttpHandler } from '../../../lib/adapters/lambda/http-stack.ts'
import { createLocalState, openStateDatabase } from '../../../lib/adapters/state/local.ts'
import type { StateStore } from '../../../lib/ports.ts'
import { createBlameSecret } from '../../../lib/sync/blame-secret.ts'
import { createInspect } from '../../../lib/sync/inspect.ts'
import { createRequests } from '../../../lib/sync/requests.ts'
import { createHead, createHistoryEntry } from '../../contracts/state-store.ts'
import { createNewSecret } from '../../contracts/store-under-test.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createContext, createHttpEvent, type RequestParts } from '../../fakes/lambda-events.ts'
import { createRawShop } from '../../fakes/raw-shop.ts'
import { createRecordingQueue } from '../../fakes/recording-queue.ts'
import { createRecordingTelemetry } from '../../fakes/recording-telemetry.ts'
import type { SyncHarness } from '../../fakes/sync-harness.ts'

const app = { source: 'demo', namespace: 'shop', name: 'app' }
let handle: HttpHandler
let state: StateStore
let queue: ReturnType<typeof createRecordingQueue>

beforeEach(async () => {
  const clock = createFakeClock()
  const database = openStateDatabase(':memory:')
  onTestFinished(() => database.close())
  state = createLocalState({ database, clock })
  queue = createRecordingQueue()
  handle = handleFor({ state, queue, clock })
  await state.writeHead(createHead('demo/shop/app'), null)
})

function handleFor({ state, queue, clock }: Pick<SyncHarness, 'state' | 'queue' | 'clock'>): HttpHandler {
  const handler = createApiHandler({
    inspect: createInspect({ state }),
    requests: createRequests({ state, queue, clock, createRequestId: () => 'r1' }),
    blameSecret: createBlameSecret({ state }),
  })
  return createHttpStack(handler, createRecordingTelemetry())
}

async function send(routeKey: string, parameters: Record<string, string> = {}, query = {}) {
  return await sendEvent({ routeKey, parameters, query })
}

async function sendEvent(parts: RequestParts) {
  const answer = await handle(createHttpEvent(parts), createContext())
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? 'null') }
}

describe('createApiHandler', () => {
  it('serves the documented routes', () => {
    expect(apiRouteKeys).toEqual([
      'GET /configs',
      'GET /configs/{source}/{namespace}/{name}',
      'GET /configs/{source}/{namespace}/{name}/history',
      'POST /configs/{source}/{namespace}/{name}/sync',
      'POST /configs/{source}/{namespace}/{name}/plan',
      'POST /configs/{source}/{namespace}/{name}/suspend',
      'POST /configs/{source}/{namespace}/{name}/resume',
      'POST /configs/{source}/{namespace}/{name}/rollback',
      'POST /configs/{source}/{namespace}/{name}/prune',
      'POST /configs/{source}/{namespace}/{name}/adopt',
      'GET /blame',
      'GET /requests/{id}',
      'GET /deliveries/{hash}',
    ])
  })

  it('lists configs and shows one', async () => {
    expect(await send('GET /configs')).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: [{ id: 'demo/shop/app', phase: 'Pending', ready: false, revision: null }],
    })
    expect(await send('GET /configs/{source}/{namespace}/{name}', app)).toMatchObject({
      status: 200,
      body: { id: 'demo/shop/app', conditions: [], nextDueAt: null, history: [] },
    })
  })

  it.each(['sync', 'plan', 'suspend', 'resume'])(
    'answers a request for a %s with 202 and where the answer will be',
    async (kind) => {
      expect(await send(`POST /configs/{source}/{namespace}/{name}/${kind}`, app)).toMatchObject({
        status: 202,
        headers: { Location: '/requests/r1' },
        body: { requestId: 'r1', configId: 'demo/shop/app', kind },
      })
      expect(queue.sent).toMatchObject([{ dedupId: 'r1', poke: { id: 'demo/shop/app', trigger: 'manual' } }])
      expect(await send('GET /requests/{id}', { id: 'r1' })).toMatchObject({
        status: 200,
        body: { requestId: 'r1', kind, state: 'queued' },
      })
    },
  )

  it.each([
    ['as it is', false],
    ['in base64', true],
  ])('takes an order from a body that comes %s', async (_, isBase64Encoded) => {
    const approve = '0f'.repeat(32)
    const text = JSON.stringify({ approve })
    const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text
    const routeKey = 'POST /configs/{source}/{namespace}/{name}/prune'
    expect(await sendEvent({ routeKey, parameters: app, body, isBase64Encoded })).toMatchObject({
      status: 202,
      headers: { Location: '/requests/r1' },
      body: { requestId: 'r1', kind: 'prune' },
    })
    expect(await state.readIntent('demo/shop/app')).toMatchObject({ approval: { digest: approve } })
  })

  it('takes an order to adopt', async () => {
    const adoption = { name: 'ssm:/legacy/log_level', version: 7 }
    const routeKey = 'POST /configs/{source}/{namespace}/{name}/adopt'
    expect(await sendEvent({ routeKey, parameters: app, body: JSON.stringify(adoption) })).toMatchObject({
      status: 202,
      body: { requestId: 'r1', kind: 'adopt' },
    })
    expect(await state.readIntent('demo/shop/app')).toMatchObject({ adoptions: [adoption] })
  })

  it('rolls back to what the history knows, and answers 404 where it knows nothing', async () => {
    const routeKey = 'POST /configs/{source}/{namespace}/{name}/rollback'
    expect(await sendEvent({ routeKey, parameters: app })).toMatchObject({
      status: 404,
      body: { code: 'RevisionNotInHistory' },
    })
    expect(await state.readIntent('demo/shop/app')).toBeNull()
    const commit = 'c'.repeat(40)
    const entry = createHistoryEntry('demo/shop/app')
    await state.appendHistory({
      ...entry,
      revision: { ref: 'main', commit },
      result: 'ReconciliationSucceeded',
    })
    const body = JSON.stringify({ to: commit.slice(0, 7), partial: true })
    expect(await sendEvent({ routeKey, parameters: app, body })).toMatchObject({
      status: 202,
      body: { kind: 'rollback' },
    })
    expect(await state.readIntent('demo/shop/app')).toMatchObject({
      pin: { revision: { commit }, entryAt: entry.at, partial: true },
    })
  })

  it.each([
    ['rollback', '{"to":7}'],
    ['rollback', 'to=abc'],
    ['prune', ''],
    ['adopt', ''],
    ['adopt', '{"name":"ssm:/a","versionId":"7"}'],
    ['adopt', '{"name":"a","versionId":"7"}'],
    ['adopt', '{"name":"a","version":7}'],
    ['prune', '{"approve":"all"}'],
  ])('answers 400 to a %s with the body %j', async (order, body) => {
    const routeKey = `POST /configs/{source}/{namespace}/{name}/${order}`
    expect(await sendEvent({ routeKey, parameters: app, body })).toMatchObject({
      status: 400,
      body: { code: 'RequestInvalid' },
    })
    expect(queue.sent).toEqual([])
  })

  it('shows the history of a config, and what set a secret', async () => {
    const entry = createHistoryEntry('demo/shop/app')
    await state.appendHistory(entry)
    const route = 'GET /configs/{source}/{namespace}/{name}/history'
    expect(await send(route, app)).toMatchObject({ status: 200, body: [entry] })
    expect(await send(route, app, { limit: '1' })).toMatchObject({ status: 200, body: [entry] })
    expect(await send('GET /blame', {}, { secret: 'a/b', version: 'f' })).toMatchObject({
      status: 200,
      body: [{ configId: 'demo/shop/app', action: 'create', versionId: 'f'.repeat(64) }],
    })
    expect(await send('GET /blame', {}, { secret: 'a/b', version: 'e' })).toMatchObject({ status: 404 })
  })

  it.each([
    ['GET /configs/{source}/{namespace}/{name}/history', { limit: '0' }],
    ['GET /configs/{source}/{namespace}/{name}/history', { limit: '10000' }],
    ['GET /configs/{source}/{namespace}/{name}/history', { limit: '1e3' }],
    ['GET /blame', {}],
    ['GET /blame', { secret: '' }],
  ])('answers 400 to %s with the query %j', async (route, query) => {
    expect(await send(route, app, query)).toMatchObject({ status: 400, body: { code: 'RequestInvalid' } })
  })

  it('shows the fate of a delivery', async () => {
    const receivedAt = '2026-01-31T08:00:00.000Z'
    const delivery = {
      hash: 'h1',
      host: 'github',
      event: 'push',
      receivedAt,
      repositories: [],
      requestId: 'h1',
    }
    await state.writeDelivery({ ...delivery, result: 'queued' }, '2026-02-01T08:00:00.000Z')
    expect(await send('GET /deliveries/{hash}', { hash: 'h1' })).toMatchObject({
      status: 200,
      body: delivery,
    })
  })

  it.each([
    ['GET /configs/{source}/{namespace}/{name}', { ...app, name: 'web' }, 'ConfigNotFound'],
    ['POST /configs/{source}/{namespace}/{name}/sync', { ...app, source: 'other' }, 'ConfigNotFound'],
    ['POST /configs/{source}/{namespace}/{name}/plan', {}, 'ConfigNotFound'],
    ['GET /requests/{id}', { id: 'r9' }, 'RequestNotFound'],
    ['GET /deliveries/{hash}', { hash: '' }, 'RequestNotFound'],
    ['GET /', {}, 'RouteNotFound'],
    ['constructor', {}, 'RouteNotFound'],
  ])('answers 404 to %s with %j', async (routeKey, parameters, code) => {
    expect(await send(routeKey, parameters)).toMatchObject({ status: 404, body: { code } })
    expect(queue.sent).toEqual([])
  })

  it('tells that a request has failed whose single writes did', async () => {
    const shop = createRawShop()
    onTestFinished(() => shop.close())
    handle = handleFor(shop)
    await shop.store.create(createNewSecret('api-B', 'foreign'))
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2\nB=2')
    const routeKey = 'POST /configs/{source}/{namespace}/{name}/resume'
    await sendEvent({ routeKey, parameters: { source: 'm', namespace: 'shop', name: 'a' } })
    const poke = shop.queue.sent[0]?.poke
    expect(await shop.sync(poke)).toMatchObject({ outcomes: [{ result: 'applied' }, { result: 'failed' }] })
    expect(await send('GET /requests/{id}', { id: 'r1' })).toMatchObject({
      status: 200,
      body: {
        kind: 'resume',
        state: 'failed',
        result: 'SecretNotOwned',
        message: expect.stringContaining('api-B'),
      },
    })
  })
})

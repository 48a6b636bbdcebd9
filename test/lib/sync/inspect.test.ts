import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createLocalState, openStateDatabase } from '../../../lib/adapters/state/local.ts'
import type { StateStore } from '../../../lib/ports.ts'
import { createInspect, type Inspect } from '../../../lib/sync/inspect.ts'
import { createHead } from '../../contracts/state-store.ts'
import { createFakeClock } from '../../fakes/clock.ts'

const ids = ['demo/shop/app', 'demo/shop/web', 'prod/shop/app']
const at = '2026-01-31T08:00:00.000Z'
const tomorrow = '2026-02-01T08:00:00.000Z'
let state: StateStore
let inspect: Inspect

beforeEach(async () => {
  const database = openStateDatabase(':memory:')
  onTestFinished(() => database.close())
  state = createLocalState({ database, clock: createFakeClock() })
  inspect = createInspect({ state })
  for (const id of ids) await state.writeHead(createHead(id), null)
})

describe('createInspect', () => {
  it('lists every config in the order of ids', async () => {
    expect((await inspect.listConfigs()).map(({ id }) => id)).toEqual(ids)
  })

  it.each([
    ['demo/shop/web', 'demo/shop/web'],
    ['shop/web', 'demo/shop/web'],
    ['web', 'demo/shop/web'],
  ])('finds by %s the config %s', async (text, id) => {
    expect(await inspect.findConfig(text)).toBe(id)
    expect(await inspect.readConfig(text)).toMatchObject({ id, phase: 'Pending' })
  })

  it.each([
    ['app', 'ConfigIdAmbiguous'],
    ['shop/app', 'ConfigIdAmbiguous'],
    ['eb', 'ConfigNotFound'],
    ['', 'ConfigNotFound'],
    ['other/shop/web', 'ConfigNotFound'],
    ['demo/shop/web/x', 'ConfigNotFound'],
  ])('refuses %j with %s', async (text, code) => {
    await expect(inspect.findConfig(text)).rejects.toMatchObject({ code })
    await expect(inspect.readConfig(text)).rejects.toMatchObject({ code })
  })

  it('shows configs that the state does not know yet', async () => {
    const metadata = { namespace: 'shop', name: 'new' }
    const manifest = { apiVersion: 'v1', kind: 'SecretManagerConfig', metadata, spec: {} }
    const known = { ...manifest, metadata: { ...metadata, name: 'app' } }
    const listConfigs = async () => ({ manifests: [manifest, known], problems: [] })
    const wider = createInspect({ state, configSources: [{ name: 'demo', listConfigs }] })
    const unseen = { id: 'demo/shop/new', phase: 'Pending', ready: false, revision: null, secrets: 0 }
    const [app, web, prod] = await inspect.listConfigs()
    expect(await wider.listConfigs()).toEqual([app, { ...unseen, lastSyncAt: null, remarks: [] }, web, prod])
    expect(await wider.findConfig('demo/shop/new')).toBe('demo/shop/new')
    expect(await wider.readConfig('new')).toMatchObject({
      id: 'demo/shop/new',
      phase: 'Pending',
      history: [],
    })
  })

  it('shows the newest twenty entries of the history of a config', async () => {
    for (let minute = 10; minute < 40; minute++) {
      await state.appendHistory({
        id: 'demo/shop/web',
        at: `2026-01-31T08:${minute}:00.000Z`,
        requestId: `r${minute}`,
        trigger: 'schedule',
        revision: null,
        result: 'ReconciliationSucceeded',
        outcomes: [],
      })
    }
    const { history } = await inspect.readConfig('web')
    expect([history.length, history[0]?.requestId, history[19]?.requestId]).toEqual([20, 'r39', 'r20'])
  })

  it('reads requests and deliveries, and refuses unknown ones', async () => {
    const request = {
      requestId: 'r1',
      configId: 'demo/shop/web',
      kind: 'plan',
      requestedAt: at,
      state: 'queued',
    } as const
    const delivery = {
      hash: 'h1',
      host: 'github',
      event: 'push',
      receivedAt: at,
      repositories: [],
      requestId: 'h1',
      result: 'queued',
    } as const
    await state.writeRequest(request, tomorrow)
    await state.writeDelivery(delivery, tomorrow)
    expect(await inspect.readRequest('r1')).toEqual(request)
    expect(await inspect.readDelivery('h1')).toEqual({ ...delivery, configs: [] })
    await expect(inspect.readRequest('h1')).rejects.toMatchObject({ code: 'RequestNotFound' })
    await expect(inspect.readDelivery('r1')).rejects.toMatchObject({ code: 'RequestNotFound' })
  })
})

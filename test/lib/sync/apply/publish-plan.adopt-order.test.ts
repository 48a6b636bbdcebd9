import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adoption } from '../../../../lib/core/config/config.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createNewSecret, versionId } from '../../../contracts/store-under-test.ts'
import { dayMs } from '../../../fakes/clock.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
const ada = { from: 'api', name: 'ada' } as const
const folder = 'api/deployment-configuration/dev'
const secret = { name: 'api-A', versionId: versionId(1) }
const parameter = { name: 'ssm:/api/dev/a', version: 1 }
let shop: RawShop
let requests: Requests

beforeEach(async () => {
  shop = createRawShop()
  shop.configs.put(rawConfig({}, { configs: { enabled: true } }))
  let count = 0
  const createRequestId = () => {
    count += 1
    return `order-${count}`
  }
  requests = createRequests({ ...shop, createRequestId })
  await shop.store.create(createNewSecret('api-A', 'theirs'))
  await shop.store.create(createNewSecret('api-C', 'theirs'))
  const value = SecretValue.fromText('theirs')
  await shop.parameters.create({
    ...{ name: parameter.name, versionId: versionId(9), value },
    ...{ kind: 'parameter', tags: {} },
  })
  commit(1)
  await shop.sync()
})
afterEach(() => shop.close())

const commit = (n: number) =>
  shop.git.commit('main', {
    [`${folder}/application.properties`]: `a=${n}`,
    [`${folder}/application.secrets.env`]: `A=${n}\nB=1\nC=1`,
  })

async function work() {
  const sent = shop.queue.sent.at(-1)
  if (!sent) throw new Error('nothing was sent')
  await shop.sync(sent.poke)
  return await shop.state.readRequest(sent.poke.requestId)
}

async function adopt(adoption: Adoption) {
  await requests.adopt(id, ada, adoption)
  return await work()
}

describe('an order to adopt', () => {
  it('takes over a secret, and says who wanted it', async () => {
    expect(await adopt(secret)).toMatchObject({
      ...{ kind: 'adopt', state: 'done', result: 'ReconciliationSucceeded', adoption: secret },
    })
    expect(await shop.store.describe('api-A')).toMatchObject({
      previous: versionId(1),
      tags: { 'smc-deployment': 'test' },
    })
    const [entry] = await shop.state.listHistory(id, 1)
    expect(entry).toMatchObject({ actor: ada })
    expect(entry?.outcomes).toContainEqual(expect.objectContaining({ action: 'adopt', name: 'api-A' }))
  })

  it('takes over a parameter at its number', async () => {
    expect(await adopt({ ...parameter, version: 2 })).toMatchObject({
      state: 'failed',
      result: 'SecretNotOwned',
      message: expect.stringContaining(parameter.name),
    })
    expect(await adopt(parameter)).toMatchObject({ state: 'done' })
    expect(await shop.parameters.describe(parameter.name)).toMatchObject({
      parameter: { number: 2 },
      tags: { 'smc-deployment': 'test' },
    })
  })

  it('touches nothing else, and leaves what it takes over to later commits', async () => {
    await adopt(secret)
    await adopt(parameter)
    expect(await shop.store.describe('api-C')).toMatchObject({ current: versionId(1), tags: {} })
    shop.clock.advance(2 * dayMs)
    commit(2)
    expect(await shop.sync()).toMatchObject({
      plan: { changes: [{ action: 'update' }, { action: 'update' }, { action: 'conflict', name: 'api-C' }] },
    })
  })

  it.each<Adoption>([
    { name: 'api-B', versionId: versionId(1) },
    { name: 'other', versionId: versionId(1) },
  ])('is refused where there is nothing to take over: $name', async (adoption) => {
    expect(await adopt(adoption)).toMatchObject({ state: 'failed', result: 'AdoptionRefused' })
  })

  it('holds for a day, also beside a later one', async () => {
    await requests.suspend(id, ada)
    expect(await adopt(secret)).toMatchObject({ state: 'failed', result: 'ConfigSuspended' })
    await adopt(parameter)
    expect((await shop.state.readIntent(id))?.adoptions).toHaveLength(2)
    shop.clock.advance(dayMs - minuteMs)
    await adopt({ ...parameter, version: 3 })
    expect((await shop.state.readIntent(id))?.adoptions).toMatchObject([secret, { version: 3 }])
    shop.clock.advance(2 * minuteMs)
    await adopt(parameter)
    expect((await shop.state.readIntent(id))?.adoptions).toMatchObject([{ version: 1 }])
    await requests.resume(id, ada)
    expect(await work()).toMatchObject({ result: 'SecretNotOwned' })
    expect(await shop.store.describe('api-A')).toMatchObject({ current: versionId(1) })
  })

  it('counts for nothing where the policy grants no adoption', async () => {
    const tenants = [{ tenant: 'm/shop', namePrefixes: [''], parameterPrefixes: ['/'] }]
    await requests.adopt(id, ada, secret)
    const poke = shop.queue.sent.at(-1)?.poke ?? shop.poke('a')
    const sync = createSyncConfig({ ...shop.dependencies, policy: { tenancy: 'listed', tenants } })
    await sync(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs })
    expect(await shop.state.readRequest(poke.requestId)).toMatchObject({ result: 'NotPermitted' })
    expect(await shop.store.describe('api-A')).toMatchObject({ current: versionId(1), tags: {} })
  })

  it('is shown by a plan before it is carried out', async () => {
    await requests.adopt(id, ada, secret)
    await requests.plan(id, ada)
    expect((await work())?.plan?.changes.map(({ action, name }) => [action, name])).toEqual([
      ['adopt', 'api-A'],
      ['update', 'api-A'],
      ['conflict', 'api-C'],
      ['conflict', parameter.name],
    ])
  })
})

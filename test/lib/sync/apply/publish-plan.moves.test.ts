import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRequests } from '../../../../lib/sync/requests.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(async () => {
  shop = createRawShop()
  shop.configs.put(rawConfig({}, { prune: 'schedule' }))
  shop.commit('A=1\nB=1')
  await shop.sync()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function configure(secrets: object, spec: object = { prune: 'schedule' }) {
  shop.configs.put(rawConfig(secrets, spec))
  return await shop.sync()
}

const listEnding = async () =>
  (await shop.store.list()).filter(({ deletionAt }) => deletionAt !== undefined).map(({ name }) => name)
const stepsOf = ({ plan }: Awaited<ReturnType<typeof configure>>) =>
  plan?.changes.map(({ action, name }) => `${action} ${name}`)

describe('a change of names', () => {
  it('is a move: the new secrets are made, and then the old ones go', async () => {
    const report = await configure({ prefix: 'web' })
    expect(stepsOf(report)).toEqual(['create web-A', 'create web-B', 'delete api-A', 'delete api-B'])
    expect(report.plan?.changes.at(-1)).toMatchObject({ because: 'moved', movedTo: ['web-B'] })
    expect(report.plan?.pruning?.moves).toEqual([
      { from: 'api-A', to: 'web-A' },
      { from: 'api-B', to: 'web-B' },
    ])
    expect(await listEnding()).toEqual(['api-A', 'api-B'])
  })

  it.each([
    ['a template', { nameTemplate: '{{environment}}/{{key}}' }, ['dev/A', 'dev/B']],
    ['another layout', { layout: 'secret' }, ['api-secrets', 'api-secrets']],
  ])('through %s is one as well', async (_, secrets, to) => {
    const { plan } = await configure(secrets)
    expect(plan?.pruning?.moves).toEqual([
      { from: 'api-A', to: to[0] },
      { from: 'api-B', to: to[1] },
    ])
    expect(await listEnding()).toEqual(['api-A', 'api-B'])
  })

  it('never leaves orphans without a word, where nothing is pruned', async () => {
    await configure({ prefix: 'web' }, { prune: 'report' })
    const { conditions = [] } = (await shop.readHead())?.status ?? {}
    const remark = conditions.find(({ type }) => type === 'Unwanted')
    expect(remark?.message).toContain('api-A to web-A')
    shop.commit('A=2\nB=1')
    const { plan } = await shop.sync()
    expect(plan?.pruning).toMatchObject({ held: 'report', moves: [{ from: 'api-A', to: 'web-A' }, {}] })
    expect(await listEnding()).toEqual([])
  })

  it('keeps the old secrets while a new one cannot be made, or is not to be seen', async () => {
    const { describe: look } = shop.store
    vi.spyOn(shop.store, 'describe').mockImplementation(async (name) =>
      name === 'web-B' ? null : await look(name),
    )
    await configure({ prefix: 'web' })
    expect(await listEnding()).toEqual(['api-A'])
    vi.restoreAllMocks()
    shop.clock.advance(20 * minuteMs)
    await shop.sync({ trigger: 'schedule' })
    expect(await listEnding()).toEqual(['api-A', 'api-B'])
  })

  it('counts for the brake', async () => {
    const text = Array.from({ length: 20 }, (_, n) => `K${n}=1`).join('\n')
    shop.commit(text)
    shop.configs.put(rawConfig({}, { prune: 'report' }))
    await shop.sync()
    const report = await configure({ prefix: 'web' })
    expect(report).toMatchObject({ result: 'PruneBraked', plan: { pruning: { held: 'share' } } })
    expect(await shop.current('web-K0')).toBeDefined()
    expect(await listEnding()).toEqual([])
    const requests = createRequests({ ...shop, createRequestId: () => 'order' })
    await requests.approve('m/shop/a', { from: 'api', name: 'ada' }, report.plan?.pruning?.digest ?? '')
    await shop.sync({ trigger: 'manual', requestId: 'order' })
    expect(await listEnding()).toHaveLength(22)
  })
})

it('a name that another config has is said to be whose', async () => {
  const other = { ...rawConfig(), metadata: { namespace: 'shop', name: 'b', generation: 1 } }
  shop.configs.put(other)
  const report = await shop.sync({ id: 'm/shop/b' })
  expect(report.plan?.changes).toMatchObject([
    { action: 'conflict', because: 'other-config', code: 'SecretOwnedElsewhere', owner: 'm/shop/a' },
    { action: 'conflict' },
  ])
})

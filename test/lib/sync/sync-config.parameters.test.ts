import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import { createSyncConfig } from '../../../lib/sync/sync-config.ts'
import { createConfigManifest } from '../../fakes/in-memory-configs.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../fakes/raw-shop.ts'

const path = 'api/deployment-configuration/dev/application.properties'
const configs = { enabled: true }

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
  shop.configs.put(rawConfig({}, { configs }))
})
afterEach(() => shop.close())

const describeParameter = async (name: string) => await shop.parameters.describe(`ssm:${name}`)

describe('a config with parameters', () => {
  it('publishes application.properties key by key, marked as its own, and nothing the second time', async () => {
    shop.commit('log.level = debug\nhost: db\\\n  .example', path)
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await describeParameter('/api/dev/log_level')).toMatchObject({
      tags: { 'managed-by': 'secret-manager-controller', environment: 'dev' },
    })
    expect(await describeParameter('/api/dev/host')).not.toBeNull()
    expect(await shop.store.list()).toEqual([])
    shop.writes.length = 0
    shop.clock.advance(minuteMs)
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ plan: { unchanged: 2, changes: [] } })
    expect(shop.writes).toEqual(['writeRequest'])
  })

  it('writes one changed value, and history and inventory tell of it by name', async () => {
    shop.commit('a=1\nb=1', path)
    await shop.sync()
    shop.commit('a=2\nb=1', path)
    shop.writes.length = 0
    expect(await shop.sync()).toMatchObject({
      outcomes: [{ change: { action: 'update', name: 'ssm:/api/dev/a' }, result: 'applied' }],
    })
    expect(shop.writes.filter((call) => call === 'put')).toHaveLength(1)
    const [entry] = await shop.state.listHistory('m/shop/a', 1)
    expect(entry?.outcomes).toMatchObject([{ name: 'ssm:/api/dev/a', origin: { name: path, key: 'a' } }])
  })

  it('writes a former value anew: a parameter has no way back', async () => {
    for (const text of ['a=1', 'a=2', 'a=1']) {
      shop.commit(text, path)
      expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    }
    expect(shop.writes.filter((call) => call === 'put')).toHaveLength(2)
  })

  it('leaves a foreign parameter alone, and goes on beside it', async () => {
    await shop.parameters.create({
      name: 'ssm:/api/dev/a',
      versionId: 'f'.repeat(64),
      value: SecretValue.fromText('foreign'),
      kind: 'parameter',
      tags: {},
    })
    shop.commit('a=1\nb=1', path)
    expect(await shop.sync()).toMatchObject({ result: 'SecretNotOwned' })
    expect(await describeParameter('/api/dev/a')).toMatchObject({ current: 'f'.repeat(64) })
    expect(await describeParameter('/api/dev/b')).not.toBeNull()
  })

  it('prunes as it does secrets: reported first, deleted where the config says so', async () => {
    shop.commit('a=1\nb=1', path)
    await shop.sync()
    shop.commit('a=1', path)
    expect(await shop.sync()).toMatchObject({
      plan: { pruning: { unwanted: ['ssm:/api/dev/b'], held: 'report' } },
    })
    shop.configs.put(rawConfig({}, { configs, prune: 'schedule' }))
    expect(await shop.sync()).toMatchObject({
      outcomes: [{ change: { action: 'delete', recoveryWindowDays: 0 }, result: 'applied' }],
    })
    expect(await describeParameter('/api/dev/b')).toBeNull()
    expect(await describeParameter('/api/dev/a')).not.toBeNull()
  })

  it('takes secrets and parameters of one config side by side', async () => {
    const env = 'api/deployment-configuration/dev/application.secrets.env'
    shop.git.commit('main', { [path]: 'a=1', [env]: 'A=1' })
    await shop.sync()
    expect(await shop.current('api-A')).toBeDefined()
    expect(await describeParameter('/api/dev/a')).not.toBeNull()
  })

  it('goes on in a continuation where the time was not enough', async () => {
    shop.commit('a=1\nb=1', path)
    expect(await shop.sync({}, 45_000)).toMatchObject({ outcomes: [{ code: 'DeadlineReached' }, {}] })
    const [sent] = shop.queue.sent
    expect(sent?.poke.trigger).toBe('continuation')
    const poke = sent?.poke ?? shop.poke('a')
    const run = { deadlineAt: shop.clock.now() + 5 * minuteMs }
    expect(await createSyncConfig(shop.dependencies)(poke, run)).toMatchObject({
      result: 'ReconciliationSucceeded',
    })
    expect(await describeParameter('/api/dev/b')).not.toBeNull()
  })

  it('publishes the ConfigMaps of an overlay', async () => {
    shop.configs.put(
      createConfigManifest(
        'a',
        { prefix: 'shop' },
        { configs: { enabled: true, parameterPath: '/team/dev' } },
      ),
    )
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {log.level: debug}\nbinaryData: {b: eA==}'
    shop.git.commit('main', { 'dev/kustomization.yaml': 'resources: [c.yaml]', 'dev/c.yaml': map })
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await describeParameter('/team/dev/log_level')).not.toBeNull()
    expect(await describeParameter('/team/dev/b')).not.toBeNull()
  })

  it('is refused a name that the policy does not grant, before the store is asked', async () => {
    const tenants = [{ tenant: 'm/shop', namePrefixes: [''], parameterPrefixes: ['/other/'] }]
    const policy = { tenancy: 'listed', tenants } as const
    shop.commit('a=1', path)
    const { deadlineAt, poke } = await shop.look('a')
    const report = await createSyncConfig({ ...shop.dependencies, policy })(poke, { deadlineAt })
    expect(report).toMatchObject({ result: 'NotPermitted', error: { data: { secret: 'ssm:/api/dev/a' } } })
    expect(shop.writes.filter((call) => call === 'create')).toEqual([])
  })
})

describe('a config without parameters', () => {
  it('keeps the properties as one JSON secret with sorted keys', async () => {
    shop.configs.put(rawConfig())
    shop.commit('b: 2\na 1', path)
    await shop.sync()
    const first = await shop.current('api-properties')
    expect(first).toBeDefined()
    shop.commit('a=1\nb=2', path)
    await shop.sync()
    expect(await shop.current('api-properties')).toBe(first)
  })
})

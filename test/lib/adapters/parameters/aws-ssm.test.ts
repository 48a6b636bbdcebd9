import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSsmParameterStore } from '../../../../lib/adapters/parameters/aws-ssm.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { NewParameter } from '../../../../lib/ports.ts'
import { testParameterStore } from '../../../contracts/parameter-store.ts'
import { versionId } from '../../../contracts/store-under-test.ts'
import { type SsmServer, startSsmServer } from '../../../fakes/ssm-server.ts'

const target = { account: '123456789012', region: 'eu-west-1' }
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

async function open() {
  const server = await startSsmServer()
  const client = new SSMClient({ endpoint: server.url, region: target.region, credentials, maxAttempts: 1 })
  const store = createSsmParameterStore({ client, target })
  const close = async () => {
    client.destroy()
    await server.close()
  }
  return { server, client, store, close }
}

testParameterStore('aws-ssm', async () => {
  const { server, client, store, close } = await open()
  return {
    store,
    close,
    read: async (name) => {
      const found = server.parameters.get(name)
      return found ? { type: found.type, tier: found.tier, value: found.value } : null
    },
    edit: async (name, value) => {
      await client.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }))
    },
  }
})

describe('createSsmParameterStore', () => {
  let server: SsmServer
  let store: ReturnType<typeof createSsmParameterStore>
  let close: () => Promise<void>

  const parameterOf = (n: number): NewParameter => ({
    name: `ssm:/shop/k${n}`,
    versionId: versionId(n),
    value: SecretValue.fromText('v'),
    kind: 'parameter',
  })
  const create = async (n: number) => await store.create({ ...parameterOf(n), tags: {} })

  beforeEach(async () => {
    ;({ server, store, close } = await open())
  })
  afterEach(async () => await close())

  it('creates in one call, and describes all that are asked for at once in calls of fifty', async () => {
    for (let n = 0; n < 60; n++) await create(n)
    expect(server.calls.every(({ action }) => action === 'PutParameter')).toBe(true)
    server.calls.length = 0
    const names = Array.from({ length: 70 }, (_, n) => `ssm:/shop/k${n}`)
    const found = await Promise.all(names.map((name) => store.describe(name)))
    expect(found.filter((live) => live !== null)).toHaveLength(60)
    const describes = server.calls.filter(({ action }) => action === 'DescribeParameters')
    expect(new Set(describes.map(({ names }) => names))).toEqual(new Set([50, 20]))
  })

  it('ends ten at a time', async () => {
    for (let n = 0; n < 25; n++) await create(n)
    server.calls.length = 0
    await Promise.all(Array.from({ length: 25 }, (_, n) => store.remove(`ssm:/shop/k${n}`)))
    expect(server.calls.map(({ names }) => names).sort()).toEqual([10, 10, 5])
    expect(server.parameters.size).toBe(0)
  })

  it('reads exactly one former version in the clear, and lists the others as ciphertext', async () => {
    const secure = {
      name: 'ssm:/shop/k',
      value: SecretValue.fromText('v'),
      kind: 'secure-parameter',
    } as const
    await store.create({ ...secure, versionId: versionId(1), tags: {} })
    for (let n = 2; n <= 5; n++) await store.put({ ...secure, versionId: versionId(n) })
    server.calls.length = 0
    await store.rewrite('ssm:/shop/k', versionId(2), versionId(5))
    expect(server.decrypted).toEqual(['/shop/k:2'])
    expect(server.calls.map(({ action }) => action)).toEqual([
      'DescribeParameters',
      ...['GetParameterHistory', 'GetParameterHistory'],
      'GetParameter',
      'PutParameter',
    ])
  })

  it.each(['put', 'rewrite'] as const)('tells that somebody else has written during a %s', async (call) => {
    const parameter = { name: 'ssm:/shop/k', value: SecretValue.fromText('v'), kind: 'parameter' } as const
    await store.create({ ...parameter, versionId: versionId(1), tags: {} })
    await store.put({ ...parameter, versionId: versionId(2) })
    server.refuse = (action) => {
      const found = server.parameters.get('/shop/k')
      if (action === 'PutParameter' && found) {
        server.parameters.set('/shop/k', { ...found, value: 'theirs', version: found.version + 1 })
      }
      return undefined
    }
    const writing =
      call === 'put'
        ? store.put({ ...parameter, versionId: versionId(3) })
        : store.rewrite('ssm:/shop/k', versionId(1), versionId(2))
    await expect(writing).rejects.toMatchObject({ code: 'StageMoved' })
    expect((await store.describe('ssm:/shop/k'))?.current).toBe('parameter-version-00000000000004')
  })

  it('shows no value of a version that cannot be written again', async () => {
    const secure = { name: 'ssm:/shop/k', value: SecretValue.fromText('canary'), kind: 'parameter' } as const
    await store.create({ ...secure, versionId: versionId(1), tags: {} })
    await store.put({ ...secure, versionId: versionId(2) })
    server.refuse = (action) => (action === 'PutParameter' ? 'ParameterLimitExceeded' : undefined)
    const thrown = await store.rewrite('ssm:/shop/k', versionId(1), versionId(2)).catch((error) => error)
    expect(thrown).toMatchObject({ code: 'StoreLimitExceeded' })
    expect(JSON.stringify(thrown)).not.toContain('canary')
  })

  it.each([
    ['GetParameterHistory', 'AccessDeniedException', 'StoreAccessDenied'],
    ['GetParameter', 'AccessDeniedException', 'StoreAccessDenied'],
    ['GetParameter', 'ParameterVersionNotFound', 'VersionExpired'],
    ['GetParameter', 'InvalidKeyId', 'StoreKeyUnusable'],
  ])('takes of %s a %s for %s', async (action, name, code) => {
    await create(1)
    await store.put({ ...parameterOf(1), versionId: versionId(2) })
    server.refuse = (asked) => (asked === action ? name : undefined)
    const data = { action: `ssm:${action}`, name: 'ssm:/shop/k1' }
    await expect(store.rewrite('ssm:/shop/k1', versionId(1), versionId(2))).rejects.toMatchObject({
      code,
      data,
    })
  })

  it.each([
    ['AccessDeniedException', 'StoreAccessDenied'],
    ['ThrottlingException', 'StoreThrottled'],
    ['TooManyUpdates', 'StoreThrottled'],
    ['ParameterLimitExceeded', 'StoreLimitExceeded'],
    ['InvalidKeyId', 'StoreKeyUnusable'],
    ['InternalServerError', 'StoreUnavailable'],
  ])('takes %s for %s, without a word of AWS', async (name, code) => {
    server.refuse = () => name
    const thrown = await create(1).catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      code,
      data: { action: 'ssm:PutParameter', name: 'ssm:/shop/k1', error: name },
    })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    await expect(store.describe('ssm:/shop/k1')).rejects.toMatchObject({ code })
    await expect(store.remove('ssm:/shop/k1')).rejects.toMatchObject({ code })
  })
})

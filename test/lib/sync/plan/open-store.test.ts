import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { openStore } from '../../../../lib/sync/plan/open-store.ts'
import { versionId } from '../../../contracts/store-under-test.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const aws = { region: 'eu-west-1', tags: {}, replicaRegions: [], kmsKeyId: 'alias/k' }
const parameter = {
  name: 'ssm:/a',
  versionId: versionId(1),
  value: SecretValue.fromText('v'),
  kind: 'secure-parameter',
} as const

let harness: SyncHarness
let opened = 0

beforeEach(() => {
  harness = createSyncHarness()
  opened = 0
})
afterEach(() => harness.close())

async function open() {
  const parameters = async () => {
    opened += 1
    return harness.parameters
  }
  return await openStore({ ...harness.dependencies, parameters }, { id: 'm/shop/a', aws })
}

describe('the store of a config', () => {
  it('opens no parameters for a config that has none', async () => {
    const store = await open()
    await store.create({ ...parameter, name: 'a', kind: 'string', tags: {} })
    expect(await store.describe('a')).toMatchObject({ current: versionId(1) })
    expect(await store.list()).toHaveLength(1)
    expect(opened).toBe(0)
  })

  it('sends what is called ssm: to the parameters, which it opens once', async () => {
    const store = await open()
    await store.create({ ...parameter, tags: { a: '1' } })
    expect(await store.put({ ...parameter, versionId: versionId(2) })).toEqual(['AWSCURRENT'])
    await store.tag('ssm:/a', { b: '2' })
    expect(await store.describe('ssm:/a')).toMatchObject({
      current: versionId(2),
      tags: { a: '1', b: '2' },
      kmsKeyId: 'alias/k',
    })
    expect(await store.list()).toEqual([])
    await store.scheduleDeletion('ssm:/a', 0)
    expect(await store.describe('ssm:/a')).toBeNull()
    expect(opened).toBe(1)
  })

  it('writes a former version of a parameter again where a label would move', async () => {
    const store = await open()
    await store.create({ ...parameter, tags: {} })
    await store.put({ ...parameter, versionId: versionId(2) })
    expect([...(await store.listVersions('ssm:/a')).keys()]).toEqual([versionId(2), versionId(1)])
    await store.moveCurrent('ssm:/a', versionId(1), versionId(2))
    expect(await store.describe('ssm:/a')).toMatchObject({ current: versionId(1), parameter: { number: 3 } })
  })

  it('knows no recovery and no copies of a parameter', async () => {
    const store = await open()
    await store.create({ ...parameter, tags: {} })
    for (const attempt of [
      store.restore('ssm:/a'),
      store.replicate('ssm:/a', ['us-east-1']),
      store.listVersions('ssm:/other'),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'SecretNotFound' })
    }
  })
})

import { describe, expect, it, onTestFinished } from 'vitest'
import { openStoreDatabase } from '../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../lib/adapters/stores/local.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { testSecretStore } from '../../../contracts/secret-store.ts'
import { versionId } from '../../../contracts/store-under-test.ts'
import { createFakeClock, dayMs } from '../../../fakes/clock.ts'

const target = { account: '000000000000', region: 'eu-west-1' }

function openStore() {
  const clock = createFakeClock()
  const database = openStoreDatabase(':memory:')
  onTestFinished(() => database.close())
  return { clock, database, store: createLocalStore({ database, clock, target }) }
}

testSecretStore('local', {
  open: async () => {
    const { clock, database, store } = openStore()
    return {
      store,
      clock,
      readCurrent: async (name) =>
        database.read((db) => {
          const row = db
            .prepare(
              `SELECT value FROM version JOIN label ON label.version = version.number
                 JOIN secret ON secret.id = label.secret WHERE label.name = 'AWSCURRENT' AND secret.name = ?`,
            )
            .get(name)
          return row ? new TextDecoder().decode(row['value'] as Uint8Array) : null
        }),
    }
  },
})

describe('createLocalStore', () => {
  const secret = {
    versionId: versionId(1),
    value: SecretValue.fromText('v'),
    kind: 'string',
    tags: {},
  } as const

  it('keeps targets apart in one file', async () => {
    const { clock, database, store } = openStore()
    const other = createLocalStore({ database, clock, target: { ...target, region: 'eu-west-2' } })
    await store.create({ ...secret, name: 'a' })
    await other.create({ ...secret, name: 'a', versionId: versionId(2) })
    expect(await store.list()).toMatchObject([{ name: 'a', current: versionId(1) }])
    expect(await other.describe('a')).toMatchObject({ current: versionId(2) })
  })

  it('lists in byte order and tells the key and the end of a secret', async () => {
    const { store } = openStore()
    for (const name of ['b', 'B', '_', 'a/b']) await store.create({ ...secret, name, kmsKeyId: 'alias/k' })
    await store.scheduleDeletion('b', 30)
    expect((await store.list()).map(({ name }) => name)).toEqual(['B', '_', 'a/b', 'b'])
    expect(await store.describe('b')).toMatchObject({
      kmsKeyId: 'alias/k',
      deletionAt: '2026-03-02T08:00:00.000Z',
    })
  })

  it('removes the value with the next write after the recovery window', async () => {
    const { clock, database, store } = openStore()
    await store.create({ ...secret, name: 'gone' })
    await store.scheduleDeletion('gone', 7)
    clock.advance(7 * dayMs)
    await store.create({ ...secret, name: 'next' })
    expect(database.read((db) => db.prepare('SELECT count(*) AS n FROM version').get())).toEqual({ n: 1 })
  })

  it('takes the same bytes under another kind for other data', async () => {
    const { store } = openStore()
    await store.create({ ...secret, name: 'a' })
    await expect(store.put({ ...secret, name: 'a', kind: 'binary' })).rejects.toMatchObject({
      code: 'VersionTampered',
    })
  })
})

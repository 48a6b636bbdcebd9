import { keepVersion } from '../../../../lib/adapters/parameters/local/versions.ts'
import { createLocalParameters } from '../../../../lib/adapters/parameters/local.ts'
import { openStoreDatabase } from '../../../../lib/adapters/stores/local/schema.ts'
import { testParameterStore } from '../../../contracts/parameter-store.ts'
import { createFakeClock } from '../../../fakes/clock.ts'

const target = { account: '000000000000', region: 'eu-west-1' }

testParameterStore('local', async () => {
  const database = openStoreDatabase(':memory:')
  return {
    store: createLocalParameters({ database, target, clock: createFakeClock() }),
    read: async (name) =>
      database.read((db) => {
        const row = db.prepare('SELECT * FROM parameter WHERE name = ?').get(name)
        if (!row) return null
        const value = new TextDecoder().decode(row['value'] as Uint8Array)
        return { type: String(row['type']), tier: String(row['tier']), value }
      }),
    edit: async (name, value) => {
      database.write((db) => {
        db.prepare('UPDATE parameter SET value = ?, number = number + 1 WHERE name = ?').run(
          Buffer.from(value),
          name,
        )
        keepVersion(db, Number(db.prepare('SELECT id FROM parameter WHERE name = ?').get(name)?.['id']), 0)
      })
    },
    close: async () => database.close(),
  }
})

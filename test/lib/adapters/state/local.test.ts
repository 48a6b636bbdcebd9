import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalState, openStateDatabase } from '../../../../lib/adapters/state/local.ts'
import { createHead, testStateStore } from '../../../contracts/state-store.ts'
import { createFakeClock, dayMs } from '../../../fakes/clock.ts'

const request = {
  requestId: 'q1',
  configId: 'c/n/a',
  kind: 'sync',
  requestedAt: '2026-01-31T08:00:00.000Z',
  state: 'queued',
} as const

function openState(path = ':memory:') {
  const clock = createFakeClock()
  const database = openStateDatabase(path)
  onTestFinished(() => database.close())
  return { clock, database, state: createLocalState({ database, clock }) }
}

testStateStore('local', async () => {
  const { clock, database, state } = openState()
  return {
    state,
    clock,
    raiseSchema: async () => database.write((db) => db.exec('UPDATE item SET schema = 2')),
    dump: async () =>
      JSON.stringify(database.read((db) => db.prepare('SELECT * FROM item ORDER BY partition, sort').all())),
  }
})

describe('createLocalState', () => {
  it('finds everything again when the file is opened anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'smc-'))
    const path = join(folder, 'state.db')
    await openState(path).state.writeHead(createHead('c/n/a'), null)
    expect(await openState(path).state.listHeads()).toEqual([createHead('c/n/a')])
    rmSync(folder, { recursive: true })
  })

  it('removes what has expired with the next write', async () => {
    const { clock, database, state } = openState()
    await state.writeRequest(request, '2026-01-31T08:01:00.000Z')
    clock.advance(dayMs)
    await state.writeHead(createHead('c/n/a'), null)
    expect(database.read((db) => db.prepare('SELECT count(*) AS n FROM item').get())).toEqual({ n: 1 })
  })
})

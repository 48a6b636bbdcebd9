import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../../../lib/adapters/sqlite/database.ts'

const migrations = ['CREATE TABLE item (name TEXT PRIMARY KEY) STRICT']
const options = { migrations, unavailable: 'StateUnavailable' } as const
const coded = (code: string) => expect.objectContaining({ code })

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const insert = (database: Database, name: string) =>
  database.write((db) => db.prepare('INSERT INTO item VALUES (?)').run(name))
const names = (database: Database) =>
  database.read((db) => db.prepare('SELECT name FROM item').all()).map((row) => row['name'])

describe('openDatabase', () => {
  it('makes a file for its owner only and keeps what is written', () => {
    const path = join(createFolder(), 'a.db')
    const database = openDatabase(path, options)
    insert(database, 'a')
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
    database.close()
    const again = openDatabase(path, options)
    expect(names(again)).toEqual(['a'])
    again.close()
  })

  it('undoes all of a transaction that throws', () => {
    const database = openDatabase(':memory:', options)
    const stop = new Error('stop')
    expect(() =>
      database.write((db) => {
        db.prepare('INSERT INTO item VALUES (?)').run('a')
        throw stop
      }),
    ).toThrow(stop)
    expect(names(database)).toEqual([])
    insert(database, 'b')
    expect(names(database)).toEqual(['b'])
  })

  it('brings an older file to the newest layout', () => {
    const path = join(createFolder(), 'a.db')
    openDatabase(path, options).close()
    const newer = [...migrations, "INSERT INTO item VALUES ('from the second migration')"]
    for (let round = 0; round < 2; round += 1) {
      const database = openDatabase(path, { ...options, migrations: newer })
      expect(names(database)).toEqual(['from the second migration'])
      database.close()
    }
  })

  it('refuses a file of a newer release', () => {
    const path = join(createFolder(), 'a.db')
    openDatabase(path, { ...options, migrations: [...migrations, 'SELECT 1'] }).close()
    expect(() => openDatabase(path, options)).toThrow(coded('StateTooNew'))
  })

  it('tells failures of the file with the given code', () => {
    const folder = createFolder()
    expect(() => openDatabase(folder, options)).toThrow(coded('StateUnavailable'))
    const database = openDatabase(join(folder, 'a.db'), options)
    insert(database, 'a')
    expect(() => insert(database, 'a')).toThrow(coded('StateUnavailable'))
    database.close()
  })

  it('does not write through a read-only opening', () => {
    const path = join(createFolder(), 'a.db')
    openDatabase(path, options).close()
    const database = openDatabase(path, { ...options, readOnly: true })
    expect(() => insert(database, 'a')).toThrow(coded('StateUnavailable'))
    expect(names(database)).toEqual([])
    database.close()
  })
})

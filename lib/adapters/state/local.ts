import type { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'
import { stateSchema } from '../../core/state/records.ts'
import { formatTime } from '../../core/time.ts'
import type { Clock, StateStore } from '../../ports.ts'
import { type Row, readInteger, readOptionalText, readText } from '../sqlite/columns.ts'
import { type Database, openDatabase } from '../sqlite/database.ts'
import { createStateStore } from './items/state-store.ts'
import { assertNotNewer, type Item, type ItemKey, type ItemQuery, type ItemTable } from './items/table.ts'

const migrations = [
  `CREATE TABLE item (
     partition TEXT NOT NULL,
     sort TEXT NOT NULL,
     schema INTEGER NOT NULL,
     body TEXT NOT NULL,
     due_at TEXT,
     expires_at TEXT,
     PRIMARY KEY (partition, sort)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX item_due ON item (partition, due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX item_expiry ON item (expires_at) WHERE expires_at IS NOT NULL`,
]

export interface LocalStateOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
}

/** Opens the file of the local state. @throws {SyncError} StateUnavailable, StateTooNew */
export function openStateDatabase(path: string): Database {
  return openDatabase(path, { migrations, unavailable: 'StateUnavailable' })
}

/** The state in a SQLite file. */
export function createLocalState({ database, clock }: LocalStateOptions): StateStore {
  return createStateStore(createSqliteTable({ database, clock }), clock)
}

function createSqliteTable({ database, clock }: LocalStateOptions): ItemTable {
  return {
    read: async (key) => database.read((db) => findItem(db, key)),
    list: async (query) => database.read((db) => listItems(db, query)),
    write: async (item, before) =>
      database.write((db) => {
        const present = findItem(db, item)
        if (present) assertNotNewer(present)
        if (before !== undefined && (present?.body ?? null) !== before) {
          throw new SyncError('StateConflict', { data: { item: item.sort } })
        }
        upsertItem(db, item)
        db.prepare('DELETE FROM item WHERE expires_at <= ? AND schema <= ?').run(
          formatTime(clock.now()),
          stateSchema,
        )
      }),
    remove: async (key) =>
      database.write((db) => {
        const present = findItem(db, key)
        if (present) assertNotNewer(present)
        db.prepare('DELETE FROM item WHERE partition = ? AND sort = ?').run(key.partition, key.sort)
      }),
    listDue: async (partition, until, limit) =>
      database.read((db) => {
        const rows: Row[] = db
          .prepare(
            'SELECT sort, due_at FROM item WHERE partition = ? AND due_at <= ? ORDER BY due_at, sort LIMIT ?',
          )
          .all(partition, until, limit)
        return rows.map((row) => ({ sort: readText(row, 'sort'), dueAt: readText(row, 'due_at') }))
      }),
  }
}

function findItem(db: DatabaseSync, { partition, sort }: ItemKey): Item | null {
  const row = db.prepare('SELECT * FROM item WHERE partition = ? AND sort = ?').get(partition, sort)
  return row === undefined ? null : parseRow(row)
}

/** No key of an item holds it, so that it ends the range of keys with a prefix. */
const lastCharacter = '\u{10ffff}'

function listItems(db: DatabaseSync, { partition, prefix = '', limit = -1, newestFirst }: ItemQuery): Item[] {
  const rows: Row[] = db
    .prepare(
      `SELECT * FROM item WHERE partition = ? AND sort >= ? AND sort < ?
         ORDER BY sort ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(partition, prefix, `${prefix}${lastCharacter}`, limit)
  return rows.map(parseRow)
}

function upsertItem(db: DatabaseSync, item: Item): void {
  db.prepare(
    'INSERT OR REPLACE INTO item (partition, sort, schema, body, due_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(item.partition, item.sort, item.schema, item.body, item.dueAt ?? null, item.expiresAt ?? null)
}

function parseRow(row: Row): Item {
  const dueAt = readOptionalText(row, 'due_at')
  const expiresAt = readOptionalText(row, 'expires_at')
  return {
    partition: readText(row, 'partition'),
    sort: readText(row, 'sort'),
    schema: readInteger(row, 'schema'),
    body: readText(row, 'body'),
    ...(dueAt === null ? {} : { dueAt }),
    ...(expiresAt === null ? {} : { expiresAt }),
  }
}

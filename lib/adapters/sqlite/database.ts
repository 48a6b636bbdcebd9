import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type ErrorCode, SyncError } from '../../core/errors.ts'

/** One SQLite file. Failures of SQLite itself become the code that the file was opened with. */
export interface Database {
  read<Result>(work: (db: DatabaseSync) => Result): Result
  /** Runs `work` in one transaction; what it throws undoes everything. */
  write<Result>(work: (db: DatabaseSync) => Result): Result
  close(): void
}

export interface DatabaseOptions {
  /** Statements that take the file from each layout to the next; never edit one that was released. */
  readonly migrations: readonly string[]
  readonly unavailable: ErrorCode
  readonly readOnly?: boolean
}

const busyTimeoutMs = 5000

/**
 * Opens a file in WAL mode, made with mode 0600 where it is missing; SQLite gives its side files the same mode.
 * @param path `:memory:` for none
 * @throws {SyncError} StateTooNew where a newer release has written the file; the code of the options
 */
export function openDatabase(path: string, options: DatabaseOptions): Database {
  const { unavailable, readOnly = false } = options
  const guard = <Result>(work: () => Result): Result => translate(unavailable, work)
  const db = guard(() => {
    if (!readOnly && path !== ':memory:') closeSync(openSync(path, 'a', 0o600))
    return rememberStatements(new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs }))
  })
  const write = <Result>(work: (db: DatabaseSync) => Result): Result =>
    guard(() => runTransaction(db, () => work(db)))

  // NORMAL: a crash of the process loses nothing, one of the machine the last commits, which the next look heals.
  const settings = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON'
  if (!readOnly) guard(() => db.exec(settings))
  const layout = guard(() => Number(db.prepare('PRAGMA user_version').get()?.['user_version']))
  if (layout > options.migrations.length) throw new SyncError('StateTooNew', { data: { path, layout } })
  if (!readOnly && layout < options.migrations.length) {
    write(() => {
      for (const migration of options.migrations.slice(layout)) db.exec(migration)
      db.exec(`PRAGMA user_version = ${options.migrations.length}`)
    })
  }
  return { read: (work) => guard(() => work(db)), write, close: () => db.close() }
}

/** Each statement is compiled once: most of the time of a small query goes into that. */
function rememberStatements(db: DatabaseSync): DatabaseSync {
  const prepare = db.prepare.bind(db)
  const known = new Map<string, StatementSync>()
  db.prepare = (sql) => {
    const statement = known.get(sql) ?? prepare(sql)
    known.set(sql, statement)
    return statement
  }
  return db
}

function runTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  // IMMEDIATE takes the write lock at once: a lock that is taken later can fail without waiting.
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (thrown) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw thrown
  }
}

function translate<Result>(code: ErrorCode, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    if (isOutsideFailure(cause)) throw new SyncError(code, { cause })
    throw cause
  }
}

/** SQLite says no, or the file system does; anything else is ours. */
function isOutsideFailure(cause: unknown): boolean {
  return (
    cause instanceof Error && ('syscall' in cause || ('code' in cause && cause.code === 'ERR_SQLITE_ERROR'))
  )
}

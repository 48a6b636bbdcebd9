import type { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../../core/errors.ts'
import type { Desired, SecretName, VersionId } from '../../../core/secrets/desired.ts'
import { storeLimits } from '../../../core/secrets/store-limits.ts'
import { formatTime, type IsoTime } from '../../../core/time.ts'
import { type Row, readBytes, readInteger, readText } from '../../sqlite/columns.ts'
import type { SecretRow } from './live.ts'

/** A version as it goes into the file. */
export interface StoredVersion {
  readonly versionId: VersionId
  readonly kind: Desired['kind']
  readonly bytes: Uint8Array
}

/** The row number of a version of a secret. */
export function findVersion(db: DatabaseSync, secret: number, id: VersionId): number | null {
  const row = db.prepare('SELECT number FROM version WHERE secret = ? AND id = ?').get(secret, id)
  return row === undefined ? null : readInteger(row, 'number')
}

/** When each version of a secret came to be. */
export function readVersionTimes(db: DatabaseSync, secret: number): ReadonlyMap<VersionId, IsoTime> {
  const rows: Row[] = db.prepare('SELECT id, created_at FROM version WHERE secret = ?').all(secret)
  return new Map(rows.map((row) => [readText(row, 'id'), formatTime(readInteger(row, 'created_at'))]))
}

/** Whether the version holds exactly this data. */
export function holdsSameData(db: DatabaseSync, number: number, version: StoredVersion): boolean {
  const row = db.prepare('SELECT kind, value FROM version WHERE number = ?').get(number)
  return (
    row !== undefined &&
    readText(row, 'kind') === version.kind &&
    Buffer.compare(readBytes(row, 'value'), version.bytes) === 0
  )
}

/** Adds a version, which carries no label yet. Returns its row number. */
export function insertVersion(
  db: DatabaseSync,
  secret: number,
  version: StoredVersion & { readonly now: number },
): number {
  const { lastInsertRowid } = db
    .prepare('INSERT INTO version (secret, id, kind, value, created_at) VALUES (?, ?, ?, ?, ?)')
    .run(secret, version.versionId, version.kind, version.bytes, version.now)
  return Number(lastInsertRowid)
}

/**
 * Drops the oldest versions without a label beyond 100, except those of the last 24 hours.
 * @throws {SyncError} StoreLimitExceeded where that does not suffice, or where there are more than 20 labels
 */
export function enforceVersionLimits(db: DatabaseSync, secret: SecretRow, now: number): void {
  const excess = countOf(db, 'version', secret.id) - storeLimits.versions
  if (excess > 0) {
    const { changes } = db
      .prepare(
        `DELETE FROM version WHERE number IN (
           SELECT number FROM version WHERE secret = ? AND created_at <= ?
             AND NOT EXISTS (SELECT 1 FROM label WHERE label.version = version.number)
           ORDER BY number LIMIT ?)`,
      )
      .run(secret.id, now - storeLimits.versionMinimumAgeMs, excess)
    if (Number(changes) < excess) throw exceeded(secret.name, 'versions')
  }
  if (countOf(db, 'label', secret.id) > storeLimits.stagingLabels) throw exceeded(secret.name, 'labels')
}

function countOf(db: DatabaseSync, table: 'version' | 'label', secret: number): number {
  const row = db.prepare(`SELECT count(*) AS count FROM ${table} WHERE secret = ?`).get(secret)
  return row === undefined ? 0 : readInteger(row, 'count')
}

function exceeded(name: SecretName, limit: 'versions' | 'labels'): SyncError {
  return new SyncError('StoreLimitExceeded', { data: { name, limit } })
}

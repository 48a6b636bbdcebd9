import type { DatabaseSync } from 'node:sqlite'
import { readVersionId } from '../../../core/parameters/version-note.ts'
import { SecretValue } from '../../../core/secret-value.ts'
import type { VersionId } from '../../../core/secrets/desired.ts'
import { formatTime, type IsoTime } from '../../../core/time.ts'
import { readBytes, readInteger, readText } from '../../sqlite/columns.ts'
import type { ParameterRow } from './rows.ts'

/** One version of a parameter; `id` is that of the parameter's row. */
export interface VersionRow {
  readonly number: number
  readonly versionId: VersionId
  readonly createdAt: IsoTime
  readonly value: SecretValue
}

/** How many versions of a parameter are kept, as in AWS. */
const keptVersions = 100

/** Keeps what a parameter holds now, and drops the version that is one too many. */
export function keepVersion(db: DatabaseSync, id: number, now: number): void {
  db.prepare(
    `INSERT INTO parameter_version (parameter, number, value, description, created_at)
       SELECT id, number, value, description, ? FROM parameter WHERE id = ?`,
  ).run(now, id)
  db.prepare(
    `DELETE FROM parameter_version
       WHERE parameter = ?1 AND number <= (SELECT number FROM parameter WHERE id = ?1) - ?2`,
  ).run(id, keptVersions)
}

/** The versions that are kept, oldest first. */
export function listVersionRows(db: DatabaseSync, { id }: ParameterRow): VersionRow[] {
  const rows = db.prepare('SELECT * FROM parameter_version WHERE parameter = ? ORDER BY number').all(id)
  return rows.map((row) => {
    const number = readInteger(row, 'number')
    return {
      number,
      versionId: readVersionId(readText(row, 'description'), number),
      createdAt: formatTime(readInteger(row, 'created_at')),
      value: SecretValue.fromBytes(readBytes(row, 'value')),
    }
  })
}

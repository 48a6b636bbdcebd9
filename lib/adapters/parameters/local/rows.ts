import type { DatabaseSync } from 'node:sqlite'
import { fromStoreName, toStoreName } from '../../../core/parameters/parameter-name.ts'
import { readVersionId } from '../../../core/parameters/version-note.ts'
import type { Live } from '../../../core/plan/plan.ts'
import type { SecretName, Tags } from '../../../core/secrets/desired.ts'
import type { StoreTarget } from '../../../ports.ts'
import { type Row, readInteger, readOptionalText, readText } from '../../sqlite/columns.ts'

/** A row of `parameter`, without the value. */
export interface ParameterRow {
  readonly id: number
  readonly target: StoreTarget
  readonly name: SecretName
  readonly type: string
  readonly tier: string
  readonly number: number
  readonly description: string
  readonly kmsKeyId: string | null
  readonly tags: Tags
}

export function findRow(
  db: DatabaseSync,
  { account, region }: StoreTarget,
  name: SecretName,
): ParameterRow | null {
  const row = db
    .prepare('SELECT * FROM parameter WHERE account = ? AND region = ? AND name = ?')
    .get(account, region, toStoreName(name))
  return row === undefined ? null : parseRow(row)
}

/** Those of all targets, by target and name. */
export function listRows(db: DatabaseSync): ParameterRow[] {
  const rows: Row[] = db.prepare('SELECT * FROM parameter ORDER BY account, region, name').all()
  return rows.map(parseRow)
}

/** What the store shows of a parameter. */
export function describeRow({ name, description, number, type, tags, kmsKeyId }: ParameterRow): Live {
  const current = readVersionId(description, number)
  return {
    name,
    current,
    versions: new Map([[current, ['AWSCURRENT']]]),
    tags,
    ...(kmsKeyId === null ? {} : { kmsKeyId }),
    parameter: { number, type },
  }
}

function parseRow(row: Row): ParameterRow {
  return {
    id: readInteger(row, 'id'),
    target: { account: readText(row, 'account'), region: readText(row, 'region') },
    name: fromStoreName(readText(row, 'name')),
    type: readText(row, 'type'),
    tier: readText(row, 'tier'),
    number: readInteger(row, 'number'),
    description: readText(row, 'description'),
    kmsKeyId: readOptionalText(row, 'kms_key_id'),
    tags: JSON.parse(readText(row, 'tags')),
  }
}

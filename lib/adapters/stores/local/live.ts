import type { DatabaseSync } from 'node:sqlite'
import type { Live } from '../../../core/plan/plan.ts'
import type { SecretName, Tags, VersionId } from '../../../core/secrets/desired.ts'
import { formatTime } from '../../../core/time.ts'
import type { StoreTarget } from '../../../ports.ts'
import {
  type Row,
  readInteger,
  readOptionalInteger,
  readOptionalText,
  readText,
} from '../../sqlite/columns.ts'
import { currentLabel, previousLabel } from './labels.ts'

/** A row of `secret`. */
export interface SecretRow {
  readonly id: number
  readonly name: SecretName
  readonly kmsKeyId: string | null
  readonly tags: Tags
  readonly deletionAt: number | null
}

/** A secret that still exists at `now`; `null` where there is none. */
export function readSecretRow(
  db: DatabaseSync,
  target: StoreTarget,
  key: { readonly name: SecretName; readonly now: number },
): SecretRow | null {
  const row = db
    .prepare(
      `SELECT * FROM secret WHERE account = ? AND region = ? AND name = ?
         AND (deletion_at IS NULL OR deletion_at > ?)`,
    )
    .get(target.account, target.region, key.name, key.now)
  return row === undefined ? null : parseSecretRow(row)
}

/** Every secret of the target that still exists at `now`, by name in byte order. */
export function readSecretRows(db: DatabaseSync, target: StoreTarget, now: number): SecretRow[] {
  const rows: Row[] = db
    .prepare(
      `SELECT * FROM secret WHERE account = ? AND region = ? AND (deletion_at IS NULL OR deletion_at > ?)
         ORDER BY name`,
    )
    .all(target.account, target.region, now)
  return rows.map(parseSecretRow)
}

/** What the store shows of a secret: as in AWS, versions without a label are not among it. */
export function readLive(db: DatabaseSync, secret: SecretRow): Live {
  const rows: Row[] = db
    .prepare(
      `SELECT version.id, label.name FROM label JOIN version ON version.number = label.version
         WHERE label.secret = ? ORDER BY version.number, label.name`,
    )
    .all(secret.id)
  const versions = new Map<VersionId, string[]>()
  for (const row of rows) {
    const id = readText(row, 'id')
    versions.set(id, [...(versions.get(id) ?? []), readText(row, 'name')])
  }
  const holderOf = (label: string) => [...versions].find(([, labels]) => labels.includes(label))?.[0]
  const current = holderOf(currentLabel)
  const previous = holderOf(previousLabel)
  return {
    name: secret.name,
    versions,
    tags: secret.tags,
    ...(current === undefined ? {} : { current }),
    ...(previous === undefined ? {} : { previous }),
    ...(secret.kmsKeyId === null ? {} : { kmsKeyId: secret.kmsKeyId }),
    ...(secret.deletionAt === null ? {} : { deletionAt: formatTime(secret.deletionAt) }),
  }
}

function parseSecretRow(row: Row): SecretRow {
  return {
    id: readInteger(row, 'id'),
    name: readText(row, 'name'),
    kmsKeyId: readOptionalText(row, 'kms_key_id'),
    tags: JSON.parse(readText(row, 'tags')),
    deletionAt: readOptionalInteger(row, 'deletion_at'),
  }
}

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
  readonly description: string | null
  /** Regions with a copy. */
  readonly replicas: readonly string[]
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

/** Which rows are read; all where it says nothing but when. */
export interface SecretQuery {
  readonly now: number
  /** Of one of the tags. */
  readonly tagValuePrefix?: string | undefined
  /** The name before the first row. */
  readonly after?: string
  readonly limit?: number
}

/** Secrets of the target that still exist at `now`, by name in byte order. */
export function readSecretRows(
  db: DatabaseSync,
  target: StoreTarget,
  { now, tagValuePrefix = '', after = '', limit = -1 }: SecretQuery,
): SecretRow[] {
  const rows: Row[] = db
    .prepare(
      `SELECT * FROM secret WHERE account = ? AND region = ? AND name > ?
         AND (deletion_at IS NULL OR deletion_at > ?)
         AND (? = '' OR EXISTS (SELECT 1 FROM json_each(tags) WHERE substr(value, 1, ?) = ?))
         ORDER BY name LIMIT ?`,
    )
    .all(
      ...[target.account, target.region, after, now],
      ...[tagValuePrefix, tagValuePrefix.length, tagValuePrefix, limit],
    )
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
    ...(secret.description === null ? {} : { description: secret.description }),
    ...(secret.deletionAt === null ? {} : { deletionAt: formatTime(secret.deletionAt) }),
  }
}

function parseSecretRow(row: Row): SecretRow {
  return {
    id: readInteger(row, 'id'),
    name: readText(row, 'name'),
    kmsKeyId: readOptionalText(row, 'kms_key_id'),
    description: readOptionalText(row, 'description'),
    replicas: JSON.parse(readText(row, 'replicas')),
    tags: JSON.parse(readText(row, 'tags')),
    deletionAt: readOptionalInteger(row, 'deletion_at'),
  }
}

import type { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'
import { toStoreName } from '../../core/parameters/parameter-name.ts'
import { assertParameter, parameterTypeOf } from '../../core/parameters/storable.ts'
import { chooseTier } from '../../core/parameters/tier.ts'
import { formatVersionNote, readVersionId } from '../../core/parameters/version-note.ts'
import type { SecretName, Tags } from '../../core/secrets/desired.ts'
import { assertTags } from '../../core/secrets/store-limits.ts'
import type { NewParameter, ParameterStore, StoreTarget } from '../../ports.ts'
import type { Database } from '../sqlite/database.ts'
import { describeRow, findRow, type ParameterRow } from './local/rows.ts'

export interface LocalParametersOptions {
  /** From `openStoreDatabase`; parameters lie beside the secrets. */
  readonly database: Database
  readonly target: StoreTarget
}

/** Parameters in a SQLite file, with the lifecycle of SSM Parameter Store. */
export function createLocalParameters({ database, target }: LocalParametersOptions): ParameterStore {
  return {
    target,
    describe: async (name) =>
      database.read((db) => {
        const row = findRow(db, target, name)
        return row && describeRow(row)
      }),
    readVersions: async (names) =>
      database.read((db) => {
        const rows = names.map((name) => findRow(db, target, name)).filter((row) => row !== null)
        return new Map(rows.map((row) => [row.name, readVersionId(row.description, row.number)]))
      }),
    create: async ({ tags, ...parameter }) => {
      assertParameter(parameter)
      assertTags(parameter.name, tags)
      database.write((db) => insert(db, target, { parameter, tags }))
    },
    put: async (parameter) => {
      assertParameter(parameter)
      database.write((db) => update(db, assertPresent(db, target, parameter.name), parameter))
    },
    tag: async (name, tags) => {
      database.write((db) => mergeTags(db, assertPresent(db, target, name), tags))
    },
    remove: async (name) => {
      database.write((db) =>
        db
          .prepare('DELETE FROM parameter WHERE account = ? AND region = ? AND name = ?')
          .run(target.account, target.region, toStoreName(name)),
      )
    },
  }
}

function insert(
  db: DatabaseSync,
  target: StoreTarget,
  { parameter, tags }: { readonly parameter: NewParameter; readonly tags: Tags },
): void {
  const { name, kind, kmsKeyId, value, versionId } = parameter
  if (findRow(db, target, name)) throw new SyncError('SecretExists', { data: { name } })
  db.prepare(
    `INSERT INTO parameter (account, region, name, type, tier, number, value, description, kms_key_id, tags)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  ).run(
    target.account,
    target.region,
    toStoreName(name),
    parameterTypeOf(kind),
    chooseTier(value.sizeBytes),
    value.reveal(),
    formatVersionNote({ number: 1, versionId }),
    kmsKeyId ?? null,
    JSON.stringify(tags),
  )
}

/** A type never changes, and a tier is never lowered. */
function update(
  db: DatabaseSync,
  before: ParameterRow,
  { name, kind, kmsKeyId, value, versionId }: NewParameter,
): void {
  if (before.type !== parameterTypeOf(kind)) throw new SyncError('ParameterTypeFixed', { data: { name } })
  const number = before.number + 1
  const tier = before.tier === 'Advanced' ? before.tier : chooseTier(value.sizeBytes)
  db.prepare(
    'UPDATE parameter SET tier = ?, number = ?, value = ?, description = ?, kms_key_id = ? WHERE id = ?',
  ).run(tier, number, value.reveal(), formatVersionNote({ number, versionId }), kmsKeyId ?? null, before.id)
}

function mergeTags(db: DatabaseSync, { id, name, tags: before }: ParameterRow, added: Tags): void {
  const tags = { ...before, ...added }
  assertTags(name, tags)
  db.prepare('UPDATE parameter SET tags = ? WHERE id = ?').run(JSON.stringify(tags), id)
}

function assertPresent(db: DatabaseSync, target: StoreTarget, name: SecretName): ParameterRow {
  const row = findRow(db, target, name)
  if (!row) throw new SyncError('SecretNotFound', { data: { name } })
  return row
}

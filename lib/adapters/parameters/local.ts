import type { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'
import { toStoreName } from '../../core/parameters/parameter-name.ts'
import { assertParameter, parameterTypeOf } from '../../core/parameters/storable.ts'
import { chooseTier } from '../../core/parameters/tier.ts'
import { formatVersionNote, readVersionId } from '../../core/parameters/version-note.ts'
import type { SecretName, Tags, VersionId } from '../../core/secrets/desired.ts'
import { assertTags } from '../../core/secrets/store-limits.ts'
import type { Clock, NewParameter, ParameterStore, StoreTarget } from '../../ports.ts'
import type { Database } from '../sqlite/database.ts'
import { describeRow, findRow, type ParameterRow } from './local/rows.ts'
import { keepVersion, listVersionRows } from './local/versions.ts'

export interface LocalParametersOptions {
  /** From `openStoreDatabase`; parameters lie beside the secrets. */
  readonly database: Database
  readonly target: StoreTarget
  readonly clock: Pick<Clock, 'now'>
}

/** Parameters in a SQLite file, with the lifecycle of SSM Parameter Store. */
export function createLocalParameters({ database, target, clock }: LocalParametersOptions): ParameterStore {
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
      database.write((db) => {
        insert(db, target, { parameter, tags })
        keepVersion(db, assertPresent(db, target, parameter.name).id, clock.now())
      })
    },
    put: async (parameter) => {
      assertParameter(parameter)
      database.write((db) => {
        replace(db, assertPresent(db, target, parameter.name), { ...parameter, now: clock.now() })
      })
    },
    listVersions: async (name) =>
      database.read((db) => {
        const versions = listVersionRows(db, assertPresent(db, target, name))
        return new Map(versions.toReversed().map(({ versionId, createdAt }) => [versionId, createdAt]))
      }),
    rewrite: async (name, versionId, from) => {
      database.write((db) => {
        rewrite(db, assertPresent(db, target, name), { versionId, from, now: clock.now() })
      })
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

/** A type never changes. */
function replace(
  db: DatabaseSync,
  before: ParameterRow,
  { kind, ...version }: NewParameter & { readonly now: number },
): void {
  const { name, type } = before
  if (type !== parameterTypeOf(kind)) throw new SyncError('ParameterTypeFixed', { data: { name } })
  update(db, before, version)
}

function rewrite(
  db: DatabaseSync,
  before: ParameterRow,
  { versionId, from, now }: { readonly versionId: VersionId; readonly from: VersionId; readonly now: number },
): void {
  const { name, description, number } = before
  if (readVersionId(description, number) !== from) throw new SyncError('StageMoved', { data: { name } })
  const former = listVersionRows(db, before).find((version) => version.versionId === versionId)
  if (!former) throw new SyncError('VersionExpired', { data: { name } })
  update(db, before, { value: former.value, versionId, now })
}

/** A tier is never lowered, and a key that is not named stays. */
function update(
  db: DatabaseSync,
  before: ParameterRow,
  {
    kmsKeyId,
    value,
    versionId,
    now,
  }: Pick<NewParameter, 'kmsKeyId' | 'value' | 'versionId'> & { readonly now: number },
): void {
  const number = before.number + 1
  const tier = before.tier === 'Advanced' ? before.tier : chooseTier(value.sizeBytes)
  const key = kmsKeyId ?? before.kmsKeyId
  db.prepare(
    'UPDATE parameter SET tier = ?, number = ?, value = ?, description = ?, kms_key_id = ? WHERE id = ?',
  ).run(tier, number, value.reveal(), formatVersionNote({ number, versionId }), key, before.id)
  keepVersion(db, before.id, now)
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

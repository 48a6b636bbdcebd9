import type { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'
import type { Replica } from '../../core/plan/plan.ts'
import type { SecretName, Tags, VersionId } from '../../core/secrets/desired.ts'
import {
  assertRecoveryWindow,
  assertSecretName,
  assertStorable,
  assertTags,
} from '../../core/secrets/store-limits.ts'
import type { Clock, NewSecret, NewVersion, SecretStore, StoreTarget } from '../../ports.ts'
import type { Database } from '../sqlite/database.ts'
import { currentLabel, moveLabel, readLabelHolder, readLabels } from './local/labels.ts'
import { readLive, readSecretRow, readSecretRows, type SecretRow } from './local/live.ts'
import { addReplicas, amendSecret, removeReplicas } from './local/settings.ts'
import {
  enforceVersionLimits,
  findVersion,
  holdsSameData,
  insertVersion,
  readVersionTimes,
  type StoredVersion,
} from './local/versions.ts'

export interface LocalStoreOptions {
  /** From `openStoreDatabase`; stores of several targets may share it. */
  readonly database: Database
  readonly clock: Clock
  readonly target: StoreTarget
}

const pageSize = 100
const dayMs = 24 * 60 * 60 * 1000

/**
 * A secret store in a SQLite file, with the lifecycle of AWS Secrets Manager.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export function createLocalStore({ database, clock, target }: LocalStoreOptions): SecretStore {
  const find = (db: DatabaseSync, name: SecretName) => readSecretRow(db, target, { name, now: clock.now() })

  /** Runs `work` in a transaction that first removes what is past its recovery window, values and all. */
  const write = <Result>(name: SecretName, work: (db: DatabaseSync) => Result): Result => {
    assertSecretName(name)
    return database.write((db) => {
      db.prepare('DELETE FROM secret WHERE deletion_at <= ?').run(clock.now())
      return work(db)
    })
  }
  /** Runs `work` on a secret that is there and not scheduled for deletion. */
  const change = <Result>(name: SecretName, work: (db: DatabaseSync, secret: SecretRow) => Result): Result =>
    write(name, (db) => work(db, assertActive(name, find(db, name))))

  return {
    target,
    ...createReads({ database, clock, target }),
    listVersions: async (name) =>
      database.read((db) => readVersionTimes(db, assertPresent(name, find(db, name)).id)),
    create: async (secret) => {
      assertStorable(secret)
      assertTags(secret.name, secret.tags)
      write(secret.name, (db) => {
        const present = find(db, secret.name)
        if (present) assertSameCreation(db, present, secret)
        else insertSecret(db, secret, { target, now: clock.now() })
      })
    },
    put: async (version) => {
      assertStorable(version)
      return change(version.name, (db, secret) => putVersion(db, secret, { ...version, now: clock.now() }))
    },
    moveCurrent: async (name, to, from) =>
      change(name, (db, secret) => moveCurrent(db, secret, { to, from })),
    amend: async (name, settings) => change(name, (db, secret) => amendSecret(db, secret, settings)),
    replicate: async (name, regions) => change(name, (db, secret) => addReplicas(db, secret, regions)),
    removeReplicas: async (name, regions) =>
      change(name, (db, secret) => removeReplicas(db, secret, regions)),
    restore: async (name) => write(name, (db) => setDeletion(db, assertPresent(name, find(db, name)), null)),
    tag: async (name, tags) => change(name, (db, secret) => mergeTags(db, secret, tags)),
    scheduleDeletion: async (name, recoveryWindowDays) => {
      assertRecoveryWindow(recoveryWindowDays)
      change(name, (db, secret) => {
        const { replicas: regions } = secret
        if (regions.length > 0) throw new SyncError('ReplicasRemain', { data: { name, regions } })
        setDeletion(db, secret, clock.now() + recoveryWindowDays * dayMs)
      })
    },
  }
}

/** What shows secrets. A list is never late here. */
function createReads({
  database,
  clock,
  target,
}: LocalStoreOptions): Pick<SecretStore, 'listLagMs' | 'list' | 'listPage' | 'describe'> {
  return {
    listLagMs: 0,
    list: async (filter) =>
      database.read((db) =>
        readSecretRows(db, target, { now: clock.now(), ...filter }).map((secret) => readLive(db, secret)),
      ),
    listPage: async (filter, start = '') =>
      database.read((db) => {
        const query = { now: clock.now(), ...filter, after: start, limit: pageSize }
        const secrets = readSecretRows(db, target, query).map((secret) => readLive(db, secret))
        const last = secrets.length === pageSize ? secrets.at(-1)?.name : undefined
        return { secrets, ...(last === undefined ? {} : { next: last }) }
      }),
    describe: async (name) =>
      database.read((db) => {
        const secret = readSecretRow(db, target, { name, now: clock.now() })
        return secret && { ...readLive(db, secret), replicas: listReplicas(secret) }
      }),
  }
}

function insertSecret(
  db: DatabaseSync,
  secret: NewSecret,
  { target, now }: { readonly target: StoreTarget; readonly now: number },
): void {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO secret (account, region, name, kms_key_id, description, tags)
         VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(...[target.account, target.region, secret.name], ...describeSettings(secret))
  const id = Number(lastInsertRowid)
  const version = insertVersion(db, id, { ...openVersion(secret), now })
  moveLabel(db, id, { label: currentLabel, version })
}

function describeSettings({ kmsKeyId, description, tags }: NewSecret) {
  return [kmsKeyId ?? null, description ?? null, JSON.stringify(tags)] as const
}

function listReplicas({ replicas }: SecretRow): readonly Replica[] {
  return replicas.map((region) => ({ region, state: 'in-sync' }))
}

/** AWS ignores a repeated create with the same token and value, so that a client may retry it. */
function assertSameCreation(db: DatabaseSync, present: SecretRow, secret: NewSecret): void {
  assertActive(secret.name, present)
  const number = findVersion(db, present.id, secret.versionId)
  if (number === null || !holdsSameData(db, number, openVersion(secret))) {
    throw new SyncError('SecretExists', { data: { name: secret.name } })
  }
}

function putVersion(
  db: DatabaseSync,
  secret: SecretRow,
  version: NewVersion & { readonly label?: string; readonly now: number },
): readonly string[] {
  const stored = openVersion(version)
  const known = findVersion(db, secret.id, version.versionId)
  if (known !== null) {
    if (holdsSameData(db, known, stored)) return readLabels(db, known)
    throw new SyncError('VersionTampered', { data: { name: secret.name, versionId: version.versionId } })
  }
  const number = insertVersion(db, secret.id, { ...stored, now: version.now })
  moveLabel(db, secret.id, { label: version.label ?? currentLabel, version: number })
  enforceVersionLimits(db, secret, version.now)
  return readLabels(db, number)
}

function openVersion({ versionId, kind, value }: NewVersion): StoredVersion {
  return { versionId, kind, bytes: value.reveal() }
}

function moveCurrent(
  db: DatabaseSync,
  secret: SecretRow,
  { to, from }: { readonly to: VersionId; readonly from: VersionId },
): void {
  const { id, name } = secret
  const version = findVersion(db, id, to)
  if (version === null) throw new SyncError('SecretNotFound', { data: { name, versionId: to } })
  const holder = readLabelHolder(db, id, currentLabel)
  if (holder === null || holder !== findVersion(db, id, from)) {
    throw new SyncError('StageMoved', { data: { name, versionId: from } })
  }
  moveLabel(db, id, { label: currentLabel, version })
}

function mergeTags(db: DatabaseSync, secret: SecretRow, added: Tags): void {
  const tags = { ...secret.tags, ...added }
  assertTags(secret.name, tags)
  db.prepare('UPDATE secret SET tags = ? WHERE id = ?').run(JSON.stringify(tags), secret.id)
}

function setDeletion(db: DatabaseSync, secret: SecretRow, at: number | null): void {
  db.prepare('UPDATE secret SET deletion_at = ? WHERE id = ?').run(at, secret.id)
}

function assertPresent(name: SecretName, secret: SecretRow | null): SecretRow {
  if (!secret) throw new SyncError('SecretNotFound', { data: { name } })
  return secret
}

function assertActive(name: SecretName, secret: SecretRow | null): SecretRow {
  const present = assertPresent(name, secret)
  if (present.deletionAt !== null) throw new SyncError('SecretScheduledForDeletion', { data: { name } })
  return present
}

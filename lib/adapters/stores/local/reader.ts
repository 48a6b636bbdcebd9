import { existsSync } from 'node:fs'
import { SyncError } from '../../../core/errors.ts'
import type { Live } from '../../../core/plan/plan.ts'
import { SecretValue } from '../../../core/secret-value.ts'
import type { SecretName } from '../../../core/secrets/desired.ts'
import type { Clock, StoreTarget } from '../../../ports.ts'
import { type Row, readBytes, readText } from '../../sqlite/columns.ts'
import { currentLabel } from './labels.ts'
import { readLive, readSecretRow, readSecretRows } from './live.ts'
import { openStoreDatabase } from './schema.ts'

/** The local store for people: it lists, shows values and changes nothing. */
export interface LocalStoreReader {
  /** Every secret of every target, by target and name. */
  list(): readonly (Live & { readonly target: StoreTarget })[]
  /**
   * The value that carries AWSCURRENT; `null` where there is no such secret.
   * @throws {SyncError} SecretScheduledForDeletion; UsageInvalid where several regions hold the name
   */
  readValue(name: SecretName, region?: string): SecretValue | null
  close(): void
}

/** Opens the file of a local store without the right to write. @throws {SyncError} HomeInvalid where it is missing */
export function openLocalStoreReader(path: string, clock: Pick<Clock, 'now'>): LocalStoreReader {
  if (!existsSync(path)) throw new SyncError('HomeInvalid', { data: { path } })
  const database = openStoreDatabase(path, { readOnly: true })
  const listTargets = () =>
    database.read((db) => {
      const rows: Row[] = db
        .prepare('SELECT DISTINCT account, region FROM secret ORDER BY account, region')
        .all()
      return rows.map((row) => ({ account: readText(row, 'account'), region: readText(row, 'region') }))
    })

  const readCurrent = (target: StoreTarget, name: SecretName) =>
    database.read((db) => {
      const secret = readSecretRow(db, target, { name, now: clock.now() })
      if (!secret) return []
      if (secret.deletionAt !== null) throw new SyncError('SecretScheduledForDeletion', { data: { name } })
      const rows: Row[] = db
        .prepare(
          `SELECT value FROM version JOIN label ON label.version = version.number
             WHERE label.secret = ? AND label.name = ?`,
        )
        .all(secret.id, currentLabel)
      return rows.map((row) => SecretValue.fromBytes(readBytes(row, 'value')))
    })

  return {
    list: () =>
      listTargets().flatMap((target) =>
        database.read((db) =>
          readSecretRows(db, target, { now: clock.now() }).map((secret) => ({
            target,
            ...readLive(db, secret),
          })),
        ),
      ),
    readValue: (name, region) => {
      const targets = listTargets().filter((target) => region === undefined || target.region === region)
      const [value, ...others] = targets.flatMap((target) => readCurrent(target, name))
      if (others.length > 0) throw new SyncError('UsageInvalid', { data: { name, missing: 'region' } })
      return value ?? null
    },
    close: () => database.close(),
  }
}

import { existsSync } from 'node:fs'
import { SyncError } from '../../../core/errors.ts'
import { fromStoreName } from '../../../core/parameters/parameter-name.ts'
import { SecretValue } from '../../../core/secret-value.ts'
import { readBytes } from '../../sqlite/columns.ts'
import { openStoreDatabase } from '../../stores/local/schema.ts'
import { findRow, listRows, type ParameterRow } from './rows.ts'

/** The local parameters for people: it lists, shows values and changes nothing. */
export interface LocalParametersReader {
  /** Those of every target, by target and name. */
  list(): readonly ParameterRow[]
  /**
   * One parameter by the name that Parameter Store has for it, from `/`.
   * @throws {SyncError} SecretNotFound; UsageInvalid where several regions hold the name
   */
  find(name: string, region?: string): ParameterRow
  readValue(parameter: ParameterRow): SecretValue
  close(): void
}

/** Opens the file of the local store without the right to write. @throws {SyncError} HomeInvalid where it is missing */
export function openLocalParametersReader(path: string): LocalParametersReader {
  if (!existsSync(path)) throw new SyncError('HomeInvalid', { data: { path } })
  const database = openStoreDatabase(path, { readOnly: true })
  const list = () => database.read(listRows)
  return {
    list,
    find: (name, region) => {
      const [found, ...others] = list().filter(
        (row) => row.name === fromStoreName(name) && (region ?? row.target.region) === row.target.region,
      )
      if (others.length > 0) throw new SyncError('UsageInvalid', { data: { name, missing: 'region' } })
      if (!found) throw new SyncError('SecretNotFound', { data: { name } })
      return found
    },
    readValue: ({ target, name }) =>
      database.read((db) => {
        const row = findRow(db, target, name)
        const value = row && db.prepare('SELECT value FROM parameter WHERE id = ?').get(row.id)
        if (!value) throw new SyncError('SecretNotFound', { data: { name } })
        return SecretValue.fromBytes(readBytes(value, 'value'))
      }),
    close: () => database.close(),
  }
}

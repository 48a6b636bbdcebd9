import type { SecretsSpec } from '../config/config.ts'
import { assertNever } from '../errors.ts'
import type { Origin } from './desired.ts'
import { createJsonPayload, type KeyedValue } from './json-payload.ts'
import { createPayload } from './payload.ts'
import type { SecretEntry } from './secret-entry.ts'

/** The keys of one Kubernetes Secret, or of one service of raw mode. */
export interface ValueGroup {
  readonly prefix: string
  readonly object: string
  readonly origin: Origin
  readonly values: readonly KeyedValue[]
}

/**
 * A group in the shape that the config asks for: a secret for each key, or one with all of them. A group without keys
 * is nothing in either.
 * @throws {SyncError} SecretEmpty (one for each key), SecretValueBinary (one for all), SecretTooLarge,
 *   CiphertextLeftOver
 */
export function listEntries(
  { prefix, object, origin, values }: ValueGroup,
  { layout = 'key' }: Pick<SecretsSpec, 'layout'>,
): SecretEntry[] {
  switch (layout) {
    case 'key':
      return values.map(({ key, bytes, origin }) => {
        return { prefix, object, key, origin, payload: createPayload(bytes, origin) }
      })
    case 'secret':
      if (values.length === 0) return []
      return [{ prefix, object, origin, payload: createJsonPayload(values, origin) }]
    default:
      return assertNever(layout)
  }
}

import type { Config } from '../config/config.ts'
import { SyncError } from '../errors.ts'
import { listParameters } from '../parameters/list-parameters.ts'
import type { ParameterEntry } from '../parameters/parameter-entry.ts'
import { deriveVersionId } from '../plan/identity/version-id.ts'
import type { Desired, SecretSet, Tags } from './desired.ts'
import { formatOrigin } from './format-origin.ts'
import { nameEntry } from './name-entry.ts'
import type { DisabledEntry, SecretEntry } from './secret-entry.ts'
import { isSecretName } from './store-limits.ts'
import { environmentTag, locationTag } from './tags.ts'

/** What the original controller allows in one config. */
const defaultMaximumCount = 1_000

/** What a set of secrets is made of. */
export interface SecretSetInput {
  readonly config: Pick<Config, 'namespace' | 'aws' | 'secrets' | 'parameters'>
  readonly entries: readonly SecretEntry[]
  readonly parameters?: readonly ParameterEntry[]
  readonly disabled?: readonly DisabledEntry[]
  readonly target: { readonly account: string; readonly region: string }
  readonly versionKey: Uint8Array
  readonly maximumCount?: number
  /** Whether a config may want nothing at all. */
  readonly mayBeEmpty?: boolean
}

/**
 * Everything that a config wants in the store, under legal and distinct names, found before anything is written.
 * @throws {SyncError} NoSecretsFound, SecretCountExceeded, SecretNameInvalid, SecretNameCollision, and as
 *   `listParameters`
 */
export function createSecretSet(input: SecretSetInput): SecretSet {
  const {
    config,
    entries,
    parameters = [],
    disabled = [],
    maximumCount = defaultMaximumCount,
    mayBeEmpty = false,
  } = input
  const { environment, kustomizePath, basePath } = config.secrets
  const count = entries.length + parameters.length
  if (count === 0 && disabled.length === 0 && !mayBeEmpty) {
    throw new SyncError('NoSecretsFound', { data: { path: (kustomizePath ?? basePath) || '.', environment } })
  }
  if (count > maximumCount) {
    throw new SyncError('SecretCountExceeded', { data: { count, maximumCount } })
  }
  const tags: Tags = { ...config.aws.tags, [environmentTag]: environment, [locationTag]: config.aws.region }
  const secrets = new Map<string, Desired>()
  const all = [
    ...entries.map((entry) => createDesired(input, entry, tags)),
    ...listParameters(parameters, { ...input, tags }),
  ]
  for (const desired of all) {
    const { name } = desired
    const other = secrets.get(name)
    if (other) {
      const data = { name, first: formatOrigin(other.origin), second: formatOrigin(desired.origin) }
      throw new SyncError('SecretNameCollision', { data })
    }
    secrets.set(name, desired)
  }
  const switchedOff = disabled.map((entry) => nameEntry(config, entry))
  return {
    secrets: [...secrets.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    disabled: [...new Set(switchedOff)].filter((name) => !secrets.has(name)).sort(),
  }
}

function createDesired(input: SecretSetInput, entry: SecretEntry, tags: Tags): Desired {
  const { config, target, versionKey } = input
  const { payload, origin } = entry
  const name = nameEntry(config, entry)
  if (!isSecretName(name)) {
    throw new SyncError('SecretNameInvalid', { data: { name, from: formatOrigin(origin) } })
  }
  const { kmsKeyId } = config.aws
  const scope = { ...target, name, kind: payload.kind, ...(kmsKeyId !== undefined && { kmsKeyId }) }
  return {
    name,
    payload: payload.value,
    kind: payload.kind,
    versionId: deriveVersionId(versionKey, scope, payload.value),
    origin,
    tags,
  }
}

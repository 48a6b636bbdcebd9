import type { Config } from '../../core/config/config.ts'
import { SyncError } from '../../core/errors.ts'
import { isParameter } from '../../core/parameters/parameter-name.ts'
import type { SecretName } from '../../core/secrets/desired.ts'
import type { NewParameter, NewVersion, ParameterStore, SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'

/**
 * Everything that a config publishes to as one store: what is called `ssm:…` is in Parameter Store, all else in the
 * secret store. Parameters are opened when the first is asked for; lists show secrets only.
 */
export async function openStore(
  dependencies: Pick<SyncDependencies, 'stores' | 'parameters'>,
  config: Pick<Config, 'id' | 'aws'>,
): Promise<SecretStore> {
  const secrets = await dependencies.stores(config)
  let opening: Promise<ParameterStore> | undefined
  const open = () => {
    opening ??= dependencies.parameters(config)
    return opening
  }
  const parameters = createParameterSide(open, config.aws.kmsKeyId)
  const sideOf = (name: SecretName) => (isParameter(name) ? parameters : secrets)
  return {
    ...secrets,
    describe: async (name) => await sideOf(name).describe(name),
    listVersions: async (name) => await sideOf(name).listVersions(name),
    create: async (secret) => await sideOf(secret.name).create(secret),
    put: async (version) => await sideOf(version.name).put(version),
    moveCurrent: async (name, to, from) => await sideOf(name).moveCurrent(name, to, from),
    amend: async (name, settings) => await sideOf(name).amend(name, settings),
    replicate: async (name, regions, key) => await sideOf(name).replicate(name, regions, key),
    removeReplicas: async (name, regions) => await sideOf(name).removeReplicas(name, regions),
    restore: async (name) => await sideOf(name).restore(name),
    tag: async (name, tags) => await sideOf(name).tag(name, tags),
    scheduleDeletion: async (name, days) => await sideOf(name).scheduleDeletion(name, days),
  }
}

type Side = Omit<SecretStore, 'target' | 'listLagMs' | 'list' | 'listPage'>

/** Parameter Store with the calls of a secret store: what moves a label there writes the former value again here. */
function createParameterSide(open: () => Promise<ParameterStore>, kmsKeyId: string | undefined): Side {
  const refuse = async (name: SecretName) => {
    throw new SyncError('SecretNotFound', { data: { name } })
  }
  return {
    describe: async (name) => await (await open()).describe(name),
    listVersions: async (name) => await (await open()).listVersions(name),
    create: async ({ tags, ...version }) =>
      await (await open()).create({ ...toParameter(version, kmsKeyId), tags }),
    put: async (version) => {
      await (await open()).put(toParameter(version, kmsKeyId))
      return ['AWSCURRENT']
    },
    moveCurrent: async (name, to, from) => await (await open()).rewrite(name, to, from),
    amend: refuse,
    replicate: refuse,
    removeReplicas: refuse,
    restore: refuse,
    tag: async (name, tags) => await (await open()).tag(name, tags),
    scheduleDeletion: async (name) => await (await open()).remove(name),
  }
}

function toParameter(
  { name, versionId, value, kind }: NewVersion,
  kmsKeyId: string | undefined,
): NewParameter {
  if (kind !== 'parameter' && kind !== 'secure-parameter') {
    throw new SyncError('InternalError', { data: { name, kind } })
  }
  const encrypted = kind === 'secure-parameter' && kmsKeyId !== undefined
  return { name, versionId, value, kind, ...(encrypted && { kmsKeyId }) }
}

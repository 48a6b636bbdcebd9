import type { AwsTarget, Config } from '../config/config.ts'
import { isParameter } from '../parameters/parameter-name.ts'
import type { SecretName } from '../secrets/desired.ts'
import type { Change, Live } from './plan.ts'
import { isSameKey } from './same-key.ts'

export interface SettingsInput {
  readonly config: Pick<Config, 'prune'> & { readonly aws: Pick<AwsTarget, Setting | 'replicaRegions'> }
  readonly live: Live
  /** Whether the secret gets a new value: then a key of which nothing can be told is set, too. */
  readonly isRewritten: boolean
}

type Setting = 'description' | 'kmsKeyId'

/**
 * What differs of a secret beside its value and tags. Fields that the config does not name are left as they are, a
 * list of regions without an entry too, and copies that nobody wants stay unless the config prunes.
 */
export function planSettings({ config, live, isRewritten }: SettingsInput): Change[] {
  const { name } = live
  if (isParameter(name)) return []
  const { description, kmsKeyId } = config.aws
  const isDescribed = description === undefined || description === (live.description ?? '')
  const isEncrypted = kmsKeyId === undefined || hasKey(live, kmsKeyId, isRewritten)
  const amendment: Change = {
    ...{ action: 'amend', name, because: isEncrypted ? 'description-changed' : 'key-changed' },
    ...(isDescribed ? {} : { description }),
    ...(isEncrypted ? {} : { kmsKeyId }),
  }
  return [...(isDescribed && isEncrypted ? [] : [amendment]), ...planReplicas(config, live)]
}

/** The copies of a secret that is to be made. */
export function planNewReplicas(
  { replicaRegions }: Pick<AwsTarget, 'replicaRegions'>,
  name: SecretName,
): Change[] {
  if (replicaRegions.length === 0 || isParameter(name)) return []
  return [{ action: 'replicate', name, because: 'replica-missing', regions: replicaRegions }]
}

function hasKey(
  { kmsKeyId = 'alias/aws/secretsmanager' }: Live,
  wanted: string,
  isRewritten: boolean,
): boolean {
  return isSameKey(wanted, kmsKeyId) ?? !isRewritten
}

function planReplicas({ aws, prune }: SettingsInput['config'], { name, replicas }: Live): Change[] {
  // Only a look at the single secret shows its copies.
  if (aws.replicaRegions.length === 0 || replicas === undefined) return []
  const present = new Set(replicas.map(({ region }) => region))
  const missing = aws.replicaRegions.filter((region) => !present.has(region))
  const unwanted =
    prune === 'schedule' ? [...present].filter((region) => !aws.replicaRegions.includes(region)) : []
  const failed = replicas
    .filter(({ region, state }) => state === 'failed' && aws.replicaRegions.includes(region))
    .map(({ region }) => region)
  return [
    ...(missing.length > 0
      ? [{ action: 'replicate', name, because: 'replica-missing', regions: missing } as const]
      : []),
    ...(unwanted.length > 0
      ? [{ action: 'unreplicate', name, because: 'replica-unwanted', regions: unwanted } as const]
      : []),
    // Asked for again, never removed: readers may still have an old copy there. It counts as failed until it is seen.
    ...(failed.length > 0
      ? [
          { action: 'replicate', name, because: 'replica-failed', regions: failed } as const,
          { action: 'conflict', name, because: 'replica-failed', code: 'ReplicaFailed' } as const,
        ]
      : []),
  ]
}

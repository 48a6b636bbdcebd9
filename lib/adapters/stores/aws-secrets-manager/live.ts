import type { DescribeSecretResponse, SecretListEntry } from '@aws-sdk/client-secrets-manager'
import type { Live, OtherWriter, Replica } from '../../../core/plan/plan.ts'
import type { SecretName } from '../../../core/secrets/desired.ts'
import { formatTime } from '../../../core/time.ts'

/** What `DescribeSecret` and `ListSecrets` say alike. */
export type SecretMetadata = Omit<SecretListEntry & DescribeSecretResponse, 'Name'> & {
  readonly Name: SecretName
}

/** A secret as AWS shows it; versions without a label are left out, as AWS itself does in lists. */
export function parseLive(secret: SecretMetadata, region: string): Live {
  const stages = secret.VersionIdsToStages ?? secret.SecretVersionsToStages ?? {}
  const versions = new Map(Object.entries(stages).filter(([, labels]) => labels.length > 0))
  const holderOf = (label: string) => [...versions].find(([, labels]) => labels.includes(label))?.[0]
  const current = holderOf('AWSCURRENT')
  const previous = holderOf('AWSPREVIOUS')
  const managedElsewhere = findOtherWriter(secret, region)
  return {
    name: secret.Name,
    versions,
    tags: Object.fromEntries((secret.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(current !== undefined && { current }),
    ...(previous !== undefined && { previous }),
    ...(secret.KmsKeyId && { kmsKeyId: secret.KmsKeyId }),
    ...(secret.Description && { description: secret.Description }),
    ...(secret.DeletedDate && { deletionAt: formatTime(secret.DeletedDate.getTime()) }),
    ...(managedElsewhere !== undefined && { managedElsewhere }),
  }
}

const states: Readonly<Record<string, Replica['state']>> = { InSync: 'in-sync', Failed: 'failed' }

/** The copies of a secret, which `DescribeSecret` alone shows. */
export function parseReplicas({
  ReplicationStatus = [],
}: Pick<DescribeSecretResponse, 'ReplicationStatus'>): readonly Replica[] {
  return ReplicationStatus.map(({ Region = '', Status = '' }) => ({
    region: Region,
    state: states[Status] ?? 'in-progress',
  }))
}

/** Who besides us writes the secret. */
function findOtherWriter(
  { OwningService, PrimaryRegion, RotationEnabled }: SecretMetadata,
  region: string,
): OtherWriter | undefined {
  if (OwningService) return 'service'
  if (PrimaryRegion && PrimaryRegion !== region) return 'replica'
  return RotationEnabled ? 'rotation' : undefined
}

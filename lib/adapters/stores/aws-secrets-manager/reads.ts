import {
  DescribeSecretCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  type SecretListEntry,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { isSyncError } from '../../../core/errors.ts'
import type { Live } from '../../../core/plan/plan.ts'
import type { SecretName, VersionId } from '../../../core/secrets/desired.ts'
import { formatTime, type IsoTime } from '../../../core/time.ts'
import type { ListFilter, ListPage, StoreTarget } from '../../../ports.ts'
import { parseLive, parseReplicas } from './live.ts'
import { toStoreError } from './store-error.ts'

export interface SecretsManagerTarget {
  /** Of the region and, through its credentials, the account of `target`. */
  readonly client: Pick<SecretsManagerClient, 'send'>
  readonly target: StoreTarget
  /** How long lists are not believed; six minutes where absent. */
  readonly listLagMs?: number
}

const pageSize = 100

/** Lists of AWS lag behind writes by up to five minutes; a minute more covers clocks that differ. */
export const defaultListLagMs = 6 * 60_000

/** One secret as it is now; `null` where there is none. @throws {SyncError} as `toStoreError` says */
export async function describeSecret(
  { client, target }: SecretsManagerTarget,
  name: SecretName,
): Promise<Live | null> {
  try {
    const secret = await client.send(new DescribeSecretCommand({ SecretId: name }))
    return { ...parseLive({ ...secret, Name: name }, target.region), replicas: parseReplicas(secret) }
  } catch (thrown) {
    const error = toStoreError(thrown, { action: 'secretsmanager:DescribeSecret', name })
    if (isSyncError(error, 'SecretNotFound')) return null
    throw error
  }
}

/** Every secret, or those with a tag value that begins with the prefix. @throws {SyncError} as `toStoreError` says */
export async function listSecrets(at: SecretsManagerTarget, filter?: ListFilter): Promise<Live[]> {
  const secrets: Live[] = []
  let start: string | undefined
  do {
    const page = await listSecretPage(at, filter, start)
    secrets.push(...page.secrets)
    start = page.next
  } while (start !== undefined)
  return secrets
}

/** One page of that list. @throws {SyncError} as `toStoreError` says */
export async function listSecretPage(
  { client, target }: SecretsManagerTarget,
  filter?: ListFilter,
  start?: string,
): Promise<ListPage> {
  const prefix = filter?.tagValuePrefix
  const page = await client.send(createListCommand(prefix, start)).catch((thrown: unknown) => {
    throw toStoreError(thrown, { action: 'secretsmanager:ListSecrets' })
  })
  const secrets = (page.SecretList ?? [])
    .filter((entry) => prefix === undefined || hasTagValue(entry, prefix))
    .map((entry) => parseLive({ ...entry, Name: entry.Name ?? '' }, target.region))
  return { secrets, ...(page.NextToken ? { next: page.NextToken } : {}) }
}

/** When each version came to be, also those without a label. @throws {SyncError} as `toStoreError` says */
export async function listSecretVersions(
  { client }: SecretsManagerTarget,
  name: SecretName,
): Promise<ReadonlyMap<VersionId, IsoTime>> {
  const versions = new Map<VersionId, IsoTime>()
  let nextToken: string | undefined
  do {
    const command = new ListSecretVersionIdsCommand({
      SecretId: name,
      IncludeDeprecated: true,
      MaxResults: pageSize,
      ...(nextToken !== undefined && { NextToken: nextToken }),
    })
    const page = await client.send(command).catch((thrown: unknown) => {
      throw toStoreError(thrown, { action: 'secretsmanager:ListSecretVersionIds', name })
    })
    for (const { VersionId, CreatedDate } of page.Versions ?? []) {
      if (VersionId !== undefined && CreatedDate) versions.set(VersionId, formatTime(CreatedDate.getTime()))
    }
    nextToken = page.NextToken || undefined
  } while (nextToken !== undefined)
  return versions
}

function createListCommand(tagValuePrefix?: string, nextToken?: string): ListSecretsCommand {
  return new ListSecretsCommand({
    IncludePlannedDeletion: true,
    MaxResults: pageSize,
    ...(tagValuePrefix !== undefined && { Filters: [{ Key: 'tag-value', Values: [tagValuePrefix] }] }),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  })
}

/** The filter of AWS reads a leading `!` as a negation, so that its answer alone proves nothing. */
function hasTagValue({ Tags = [] }: SecretListEntry, prefix: string): boolean {
  return Tags.some(({ Value = '' }) => Value.startsWith(prefix))
}

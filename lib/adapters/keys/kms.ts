import type { KMSClient } from '@aws-sdk/client-kms'
import { SyncError } from '../../core/errors.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import { requestHandler } from '../aws/request-handler.ts'
import { createRoleCredentials, type RoleSession } from '../aws/role-credentials.ts'
import { toKmsError } from './kms/kms-error.ts'
import { listRoutes } from './kms/routes.ts'
import { type KmsTarget, parseKmsTarget } from './kms/target.ts'

export interface KmsOptions extends RoleSession {
  /** Whether the config may use this key, in its region, through this role. Asked before a client exists. */
  readonly isGranted: (entry: KeyEntry) => boolean
  /** Regions with replicas of multi-region keys, tried when the region that the file names fails. */
  readonly replicaRegions?: readonly string[]
}

type GetClient = (target: KmsTarget) => Promise<KMSClient>

/**
 * Opens entries for AWS KMS with the credentials of the process. The region comes from the ARN, and the ARN goes into
 * the request, so that an alias which now points elsewhere fails. `aws_profile` means nothing away from the machine
 * that encrypted, and is ignored.
 * @see https://github.com/getsops/sops/blob/main/kms/keysource.go
 */
export function createKmsKeyService({ isGranted, replicaRegions = [], ...session }: KmsOptions): KeyService {
  const getClient = createClientPool(session)
  return {
    kind: 'kms',
    isGranted: (entry) => entry.kind === 'kms' && isGranted(entry),
    async unwrap(entry) {
      if (entry.kind !== 'kms') return null
      if (!isGranted(entry)) throw new SyncError('SopsKeyNotGranted')
      const targets = listRoutes(entry, replicaRegions).filter(isGranted).map(parseKmsTarget)
      return await tryInTurn(targets, (target) => decrypt(target, getClient))
    },
  }
}

/** The first success, or else the first failure: the later targets are guesses of ours. */
async function tryInTurn<Target, Value>(
  targets: readonly Target[],
  attempt: (target: Target) => Promise<Value>,
): Promise<Value> {
  const failures: unknown[] = []
  for (const target of targets) {
    try {
      return await attempt(target)
    } catch (thrown) {
      failures.push(thrown)
    }
  }
  throw failures[0]
}

async function decrypt(target: KmsTarget, getClient: GetClient): Promise<Uint8Array> {
  const { keyArn, roleArn, context, ciphertext } = target
  try {
    const { DecryptCommand } = await import('@aws-sdk/client-kms')
    const client = await getClient(target)
    const { Plaintext } = await client.send(
      new DecryptCommand({ KeyId: keyArn, CiphertextBlob: ciphertext, EncryptionContext: context }),
    )
    if (Plaintext) return Plaintext
  } catch (thrown) {
    throw toKmsError(thrown, { key: keyArn, ...(roleArn && { role: roleArn }) })
  }
  throw new SyncError('SopsKeyServiceUnavailable', { data: { key: keyArn, error: 'EmptyAnswer' } })
}

/** One client for each pair of region and role. */
function createClientPool(session: RoleSession): GetClient {
  const clients = new Map<string, Promise<KMSClient>>()
  return ({ region, roleArn }) => {
    const name = `${region} ${roleArn ?? ''}`
    const client = clients.get(name) ?? createClient(region, roleArn, session)
    clients.set(name, client)
    return client
  }
}

async function createClient(
  region: string,
  roleArn: string | undefined,
  session: RoleSession,
): Promise<KMSClient> {
  const { KMSClient } = await import('@aws-sdk/client-kms')
  return new KMSClient({
    region,
    requestHandler,
    ...(roleArn && { credentials: await createRoleCredentials(region, roleArn, session) }),
  })
}

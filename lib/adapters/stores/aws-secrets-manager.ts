import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { SyncError } from '../../core/errors.ts'
import type { Live } from '../../core/plan/plan.ts'
import type { SecretName, Tags, VersionId } from '../../core/secrets/desired.ts'
import { assertRecoveryWindow, assertStorable, assertTags } from '../../core/secrets/store-limits.ts'
import type { NewSecret, NewVersion, SecretSettings, SecretStore } from '../../ports.ts'
import {
  defaultListLagMs,
  describeSecret,
  listSecretPage,
  listSecrets,
  listSecretVersions,
  type SecretsManagerTarget,
} from './aws-secrets-manager/reads.ts'
import { writeSecret } from './aws-secrets-manager/writes.ts'

/**
 * The secrets of one account and region in AWS Secrets Manager. Limits are checked before a call: some of them AWS
 * reports by errors that mean other things too.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html
 */
export function createSecretsManagerStore(at: SecretsManagerTarget): SecretStore {
  return {
    target: at.target,
    listLagMs: at.listLagMs ?? defaultListLagMs,
    list: (filter) => listSecrets(at, filter),
    listPage: (filter, start) => listSecretPage(at, filter, start),
    describe: (name) => describeSecret(at, name),
    listVersions: (name) => listSecretVersions(at, name),
    create: (secret) => createSecret(at, secret),
    put: (version) => putVersion(at, version),
    moveCurrent: (name, to, from) => moveCurrent(at, name, { to, from }),
    amend: (name, settings) => amendSecret(at, name, settings),
    replicate: (name, regions, kmsKeyId) => replicateSecret(at, name, { regions, kmsKeyId }),
    removeReplicas: (name, regions) => removeReplicas(at, name, regions),
    restore: async (name) => {
      const command = new RestoreSecretCommand({ SecretId: name })
      await writeSecret(at, {
        action: 'secretsmanager:RestoreSecret',
        name,
        call: () => at.client.send(command),
      })
    },
    tag: (name, tags) => addTags(at, name, tags),
    scheduleDeletion: async (name, recoveryWindowDays) => {
      assertRecoveryWindow(recoveryWindowDays)
      const command = new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: recoveryWindowDays })
      await writeSecret(at, {
        action: 'secretsmanager:DeleteSecret',
        name,
        call: () => at.client.send(command),
        explain: ({ replicas = [] }) =>
          replicas.length > 0
            ? new SyncError('ReplicasRemain', {
                data: { name, regions: replicas.map(({ region }) => region) },
              })
            : null,
      })
    },
  }
}

/** Everything in one call, so that a secret without its marks never exists. */
async function createSecret(at: SecretsManagerTarget, secret: NewSecret): Promise<void> {
  const { name, tags } = secret
  assertStorable(secret)
  assertTags(name, tags)
  const command = new CreateSecretCommand({
    Name: name,
    ...formatVersion(secret),
    Tags: formatTags(tags),
    ...formatSettings(secret),
  })
  await writeSecret(at, { action: 'secretsmanager:CreateSecret', name, call: () => at.client.send(command) })
}

async function putVersion(
  at: SecretsManagerTarget,
  { label, ...version }: NewVersion & { readonly label?: string },
): Promise<readonly string[]> {
  assertStorable(version)
  const { name } = version
  const command = new PutSecretValueCommand({
    SecretId: name,
    ...formatVersion(version),
    ...(label !== undefined && { VersionStages: [label] }),
  })
  const call = () => at.client.send(command)
  return (await writeSecret(at, { action: 'secretsmanager:PutSecretValue', name, call })).VersionStages ?? []
}

/** A compare-and-swap: AWS takes a label only from the version that the caller names as its holder. */
async function moveCurrent(
  at: SecretsManagerTarget,
  name: SecretName,
  { to, from }: { readonly to: VersionId; readonly from: VersionId },
): Promise<void> {
  const command = new UpdateSecretVersionStageCommand({
    SecretId: name,
    VersionStage: 'AWSCURRENT',
    MoveToVersionId: to,
    RemoveFromVersionId: from,
  })
  await writeSecret(at, {
    action: 'secretsmanager:UpdateSecretVersionStage',
    name,
    call: () => at.client.send(command),
    explain: ({ current }: Live) =>
      current === from
        ? new SyncError('SecretNotFound', { data: { name, versionId: to } })
        : new SyncError('StageMoved', { data: { name, versionId: from } }),
  })
}

async function amendSecret(
  at: SecretsManagerTarget,
  name: SecretName,
  settings: SecretSettings,
): Promise<void> {
  const command = new UpdateSecretCommand({ SecretId: name, ...formatSettings(settings) })
  await writeSecret(at, { action: 'secretsmanager:UpdateSecret', name, call: () => at.client.send(command) })
}

async function replicateSecret(
  at: SecretsManagerTarget,
  name: SecretName,
  { regions, kmsKeyId }: { readonly regions: readonly string[]; readonly kmsKeyId: string | undefined },
): Promise<void> {
  const key = kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }
  const command = new ReplicateSecretToRegionsCommand({
    SecretId: name,
    AddReplicaRegions: regions.map((Region) => ({ Region, ...key })),
  })
  await writeSecret(at, {
    action: 'secretsmanager:ReplicateSecretToRegions',
    name,
    call: () => at.client.send(command),
    explain: () => new SyncError('ReplicaFailed', { data: { name, regions } }),
  })
}

async function removeReplicas(
  at: SecretsManagerTarget,
  name: SecretName,
  regions: readonly string[],
): Promise<void> {
  const command = new RemoveRegionsFromReplicationCommand({
    SecretId: name,
    RemoveReplicaRegions: [...regions],
  })
  const action = 'secretsmanager:RemoveRegionsFromReplication'
  await writeSecret(at, { action, name, call: () => at.client.send(command) })
}

async function addTags(at: SecretsManagerTarget, name: SecretName, tags: Tags): Promise<void> {
  assertTags(name, tags)
  const command = new TagResourceCommand({ SecretId: name, Tags: formatTags(tags) })
  await writeSecret(at, {
    action: 'secretsmanager:TagResource',
    name,
    call: () => at.client.send(command),
    explain: () => new SyncError('SecretTagsInvalid', { data: { name } }),
  })
}

function formatVersion({ versionId, value, kind }: NewVersion) {
  const bytes = value.reveal()
  if (kind === 'binary') return { ClientRequestToken: versionId, SecretBinary: bytes }
  // A byte order mark belongs to the value.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  return { ClientRequestToken: versionId, SecretString: text }
}

function formatSettings({ description, kmsKeyId }: SecretSettings) {
  return {
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
  }
}

function formatTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

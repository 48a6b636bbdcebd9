import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'

/** A published secret as its owner sees it. */
export interface SeenSecret {
  readonly value: string
  readonly versionId: string
  readonly tags: Readonly<Record<string, string>>
}

/** What somebody with all rights does in the account, past the service. */
export interface Account {
  createKmsKey(): Promise<string>
  createSecret(name: string, value: string): Promise<void>
  /** Writes by hand what the service has published. */
  overwriteSecret(name: string, value: string): Promise<void>
  /** `null` where there is none. */
  readSecret(name: string): Promise<SeenSecret | null>
  /** Every version of the secret that there is, labelled or not. */
  listVersionIds(name: string): Promise<readonly string[]>
  removeItem(tableName: string, key: { readonly pk: string; readonly sk: string }): Promise<void>
  /** Items of the state table as text, without those whose partition begins with one of `except`. */
  dumpState(tableName: string, except?: readonly string[]): Promise<string>
}

export function openAccount(cloud: Cloud): Account {
  const secrets = new SecretsManagerClient(createClientConfig({ ...cloud, url: cloud.secretsUrl }))
  const kms = new KMSClient(createClientConfig(cloud))
  const dynamodb = new DynamoDBClient(createClientConfig(cloud))
  return {
    createKmsKey: async () => (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '',
    createSecret: async (Name, SecretString) => {
      await secrets.send(new CreateSecretCommand({ Name, SecretString }))
    },
    overwriteSecret: async (SecretId, SecretString) => {
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }))
    },
    readSecret: async (name) => {
      try {
        return await readSecret(secrets, name)
      } catch (failure) {
        if (failure instanceof Error && failure.name === 'ResourceNotFoundException') return null
        throw failure
      }
    },
    listVersionIds: async (SecretId) => {
      const command = new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated: true })
      const { Versions = [] } = await secrets.send(command)
      return Versions.map(({ VersionId = '' }) => VersionId)
    },
    removeItem: async (TableName, { pk, sk }) => {
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }))
    },
    dumpState: async (TableName, except = []) => {
      const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }))
      const kept = Items.filter(({ pk }) => !except.some((begin) => pk?.S?.startsWith(begin)))
      return kept
        .map((item) => JSON.stringify(item))
        .sort()
        .join('\n')
    },
  }
}

async function readSecret(secrets: SecretsManagerClient, SecretId: string): Promise<SeenSecret> {
  const current = { SecretId, VersionStage: 'AWSCURRENT' }
  const { SecretString = '', VersionId = '' } = await secrets.send(new GetSecretValueCommand(current))
  const { Tags = [] } = await secrets.send(new DescribeSecretCommand({ SecretId }))
  return {
    value: SecretString,
    versionId: VersionId,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  }
}

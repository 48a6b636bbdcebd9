import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { AwsTarget } from '../../../core/config/config.ts'
import { deriveExternalId } from '../../../core/config/external-id.ts'
import type { SecretStore, SecretStores } from '../../../ports.ts'
import { type CredentialsProvider, createRoleCredentials } from '../../aws/role-credentials.ts'
import { createSecretsManagerStore } from '../aws-secrets-manager.ts'
import { toStoreError } from './store-error.ts'

export interface SecretsManagerStoresOptions {
  /** Name of this deployment: part of the external id. */
  readonly deployment: string
  /** The account of the process itself. */
  readonly account: string
  /** How long lists are not believed. */
  readonly listLagMs?: number
}

/** Names no region or role that a config does not: opened once for each region, role and tenant. */
export function createSecretsManagerStores({
  deployment,
  account,
  listLagMs,
}: SecretsManagerStoresOptions): SecretStores {
  const stores = new Map<string, SecretStore>()
  return async ({ id, aws: { region, roleArn } }) => {
    const externalId = deriveExternalId(deployment, id)
    const key = JSON.stringify([region, ...(roleArn === undefined ? [] : [roleArn, externalId])])
    const store = stores.get(key) ?? (await openStore({ region, roleArn, externalId, account, listLagMs }))
    stores.set(key, store)
    return store
  }
}

type OpenOptions = Pick<AwsTarget, 'region'> & {
  readonly roleArn: string | undefined
  readonly externalId: string
  readonly account: string
  readonly listLagMs: number | undefined
}

async function openStore({
  region,
  roleArn,
  externalId,
  account,
  listLagMs,
}: OpenOptions): Promise<SecretStore> {
  const client = new SecretsManagerClient({
    region,
    // Slows down by itself where AWS asks for it: many secrets may be written at a time.
    retryMode: 'adaptive',
    ...(roleArn !== undefined && { credentials: await assumeRole(region, roleArn, externalId) }),
  })
  return createSecretsManagerStore({
    client,
    target: { account: accountOf(roleArn) ?? account, region },
    ...(listLagMs === undefined ? {} : { listLagMs }),
  })
}

async function assumeRole(region: string, role: string, externalId: string): Promise<CredentialsProvider> {
  const provide = await createRoleCredentials(region, role, { externalId })
  return async (...args) => {
    try {
      return await provide(...args)
    } catch (thrown) {
      throw toStoreError(thrown, { action: 'sts:AssumeRole', role, externalId })
    }
  }
}

/** `arn:aws:iam::<account>:role/…` */
function accountOf(roleArn: string | undefined): string | undefined {
  return roleArn?.split(':')[4]
}

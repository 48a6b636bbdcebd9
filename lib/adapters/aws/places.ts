import type { AwsTarget } from '../../core/config/config.ts'
import { deriveExternalId } from '../../core/config/policy/external-id.ts'
import type { StorePlace, StoreTarget } from '../../ports.ts'
import { toStoreError } from '../stores/aws-secrets-manager/store-error.ts'
import { type CredentialsProvider, createRoleCredentials } from './role-credentials.ts'

export interface PlaceOptions {
  /** Name of this deployment: part of the external id. */
  readonly deployment: string
  /** The account of the process itself. */
  readonly account: string
}

/** A place as its client needs it. */
export interface OpenedPlace {
  readonly target: StoreTarget
  /** Absent for those of the process itself. */
  readonly credentials?: CredentialsProvider
}

/** Names no region or role that a config does not: opened once for each region, role and tenant. */
export function openEachPlaceOnce<Store>(
  { deployment, account }: PlaceOptions,
  open: (place: OpenedPlace) => Store,
): (place: StorePlace) => Promise<Store> {
  const stores = new Map<string, Store>()
  return async ({ id, aws: { region, roleArn } }) => {
    const externalId = deriveExternalId(deployment, id)
    const key = JSON.stringify([region, ...(roleArn === undefined ? [] : [roleArn, externalId])])
    const target = { account: accountOf(roleArn) ?? account, region }
    const store =
      stores.get(key) ??
      open({
        target,
        ...(roleArn !== undefined && { credentials: await assumeRole(region, roleArn, externalId) }),
      })
    stores.set(key, store)
    return store
  }
}

async function assumeRole(
  region: AwsTarget['region'],
  role: string,
  externalId: string,
): Promise<CredentialsProvider> {
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

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ConfigId } from '../../config/config.ts'
import { fitConfigId } from '../../config/config-id.ts'
import type { SecretName, Tags } from '../../secrets/desired.ts'
import { storeLimits } from '../../secrets/store-limits.ts'
import type { Owner } from '../plan.ts'
import { formatParts } from './mac-parts.ts'

export const managedByTag = 'managed-by'
export const deploymentTag = 'smc-deployment'
export const ownerTag = 'smc-owner'
export const managedBy = 'secret-manager-controller'

/** Tags that only the service sets. */
export const reservedTags: readonly string[] = [managedByTag, deploymentTag, ownerTag]

const macLength = 22

export interface OwnershipScope {
  readonly key: Uint8Array
  readonly deployment: string
  readonly account: string
  readonly region: string
}

/**
 * The tags that mark the secret `name` as written for the config `id`. The MAC binds the mark to its place, so that
 * a copied tag marks nothing.
 */
export function formatOwner(scope: OwnershipScope, id: ConfigId, name: SecretName): Tags {
  return {
    [managedByTag]: managedBy,
    [deploymentTag]: scope.deployment,
    [ownerTag]: `${formatOwnerPrefix(id)}${computeMac(scope, shortenId(id), name)}`,
  }
}

/** How the owner tag of every secret of the config begins. */
export function formatOwnerPrefix(id: ConfigId): string {
  return `${shortenId(id)}:`
}

/** Who marked the secret `name`; `undefined` where nobody did. */
export function parseOwner(scope: OwnershipScope, name: SecretName, tags: Tags): Owner | undefined {
  const tag = tags[ownerTag]
  if (tag === undefined || tags[managedByTag] !== managedBy) return undefined
  const at = tag.lastIndexOf(':')
  const id = tag.slice(0, Math.max(at, 0))
  const deployment = tags[deploymentTag] ?? ''
  const expected = Buffer.from(computeMac({ ...scope, deployment }, id, name))
  const found = Buffer.from(tag.slice(at + 1))
  const valid = found.length === expected.length && timingSafeEqual(found, expected)
  return { deployment, configId: id, valid }
}

/** Whether `owner` is the config `id` of this deployment. */
export function isOwnedBy(owner: Owner, deployment: string, id: ConfigId): boolean {
  return owner.valid && owner.deployment === deployment && owner.configId === shortenId(id)
}

function computeMac(scope: OwnershipScope, id: string, name: SecretName): string {
  const { key, deployment, account, region } = scope
  return createHmac('sha256', key)
    .update(formatParts('smc-owner-1', deployment, account, region, name, id))
    .digest('base64url')
    .slice(0, macLength)
}

/** The id as a mark holds it: as much of the tag as colon and MAC leave is for it. */
export function shortenId(id: ConfigId): string {
  return fitConfigId(id, storeLimits.tagValueLength - 1 - macLength)
}

import { formatTenant } from '../../lib/core/config/config-id.ts'
import { isKeyPermitted } from '../../lib/core/config/policy/authorize.ts'
import type { Policy } from '../../lib/core/config/policy/policy.ts'
import type { KeyEntry } from '../../lib/core/sops/keys/key-entry.ts'
import type { KeyService, KeyServices } from '../../lib/ports.ts'

/** Opens the keys of the machine that an entry may name. */
export type OpenKeys = (isGranted: (entry: KeyEntry) => boolean) => Promise<readonly KeyService[]>

/** The keys of the machine for each tenant: those alone that the policy grants to it, opened once. */
export function createTenantKeys(policy: Policy, open: OpenKeys): KeyServices {
  const opened = new Map<string, Promise<readonly KeyService[]>>()
  return async ({ id }) => {
    const tenant = formatTenant(id)
    const services = opened.get(tenant) ?? open((entry) => isKeyPermitted(policy, id, entry))
    opened.set(tenant, services)
    return await services
  }
}

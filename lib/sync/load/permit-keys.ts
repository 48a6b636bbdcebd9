import type { ConfigId } from '../../core/config/config.ts'
import { isKeyPermitted } from '../../core/config/policy/authorize.ts'
import type { Policy } from '../../core/config/policy/policy.ts'
import { SyncError } from '../../core/errors.ts'
import { describeKey } from '../../core/sops/keys/key-entry.ts'
import type { DataKeyUnwrapper } from './unwrap-data-key.ts'

/**
 * Opens files with the keys that the policy grants to a config, and tries no other: neither a key service nor a cache
 * is asked about what belongs to somebody else.
 * @throws {SyncError} (from the closure) NotPermitted where a file is for none of them, and as `unwrap`
 */
export function permitKeys(policy: Policy, id: ConfigId, unwrap: DataKeyUnwrapper): DataKeyUnwrapper {
  return async (groups, shamirThreshold) => {
    const permitted = groups.map((group) => group.filter((entry) => isKeyPermitted(policy, id, entry)))
    if (permitted.every((group) => group.length === 0)) {
      throw new SyncError('NotPermitted', { data: { keys: groups.flat().map(describeKey) } })
    }
    return await unwrap(permitted, shamirThreshold)
  }
}

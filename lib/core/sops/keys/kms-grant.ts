import { matchesAny } from '../../config/policy/wildcard.ts'
import type { KeyEntry } from './key-entry.ts'

/** What whoever deploys the service lets files name: ARNs, in which `*` stands for anything. */
export interface KmsGrant {
  readonly keyArns: readonly string[]
  readonly roleArns: readonly string[]
}

/** Whether an entry for AWS KMS names only what is granted; its role, where it names one, must be granted as well. */
export function isKmsEntryGranted({ keyArns, roleArns }: KmsGrant, entry: KeyEntry): boolean {
  if (entry.kind !== 'kms') return false
  return matchesAny(keyArns, entry.arn) && (entry.role === undefined || matchesAny(roleArns, entry.role))
}

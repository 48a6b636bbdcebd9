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

function matchesAny(patterns: readonly string[], arn: string): boolean {
  return patterns.some((pattern) => matches(pattern.split('*'), arn))
}

/** The parts between the stars, in order and apart; the first at the begin, the last at the end. Linear. */
function matches([first = '', ...rest]: readonly string[], arn: string): boolean {
  const last = rest.pop()
  if (last === undefined) return arn === first
  if (!arn.startsWith(first) || !arn.endsWith(last)) return false
  const end = arn.length - last.length
  let position = first.length
  for (const part of rest) {
    const found = arn.indexOf(part, position)
    if (found < 0) return false
    position = found + part.length
  }
  return position <= end
}

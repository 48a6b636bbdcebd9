import { RE2JS } from 're2js'
import { SyncError } from '../../errors.ts'
import type { EncryptionRule } from './encryption-rule.ts'

/** The rule of a file, ready to judge. */
export interface RuleMatcher {
  /** Keys on the path of a value, or the comments before it. */
  readonly looksAt: 'keys' | 'comments'
  /** What a match makes of a value. */
  readonly matchMeansEncrypted: boolean
  /** Whether one key or one comment matches. */
  matches(text: string): boolean
}

/**
 * Compiles a rule. Regular expressions are RE2 and unanchored, so they take linear time whatever the file says.
 * @throws {SyncError} SopsMetadataInvalid where the expression does not compile; sops would go on without it and
 *   fail at the MAC
 */
export function createRuleMatcher(rule: EncryptionRule): RuleMatcher {
  return {
    looksAt: rule.kind.endsWith('_comment_regex') ? 'comments' : 'keys',
    matchMeansEncrypted: rule.kind.startsWith('encrypted_'),
    matches: rule.kind.endsWith('_suffix') ? (text) => text.endsWith(rule.pattern) : compileRegex(rule),
  }
}

function compileRegex({ kind, pattern }: EncryptionRule): RuleMatcher['matches'] {
  try {
    const regex = RE2JS.compile(pattern)
    return (text) => regex.matcher(text).find()
  } catch (cause) {
    throw new SyncError('SopsMetadataInvalid', { data: { field: kind }, cause })
  }
}

/** The fields of which at most one says what a file encrypts. */
export const ruleKinds = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const

export type RuleKind = (typeof ruleKinds)[number]

/** Which values of a file are encrypted; see `rules.ts`. */
export interface EncryptionRule {
  readonly kind: RuleKind
  /** A suffix, or an unanchored RE2 expression. */
  readonly pattern: string
}

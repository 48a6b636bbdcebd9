import type { SecretName } from './desired.ts'

/** The parts of a secret's name; prefix and suffix may be empty. */
export interface NameParts {
  readonly prefix?: string | undefined
  readonly key: string
  readonly suffix?: string | undefined
}

/**
 * The name of a secret, exactly as the original controller forms it: prefix, key and suffix (without its leading
 * hyphens) joined by `-`; whatever is no letter, digit, `-` or `_` becomes `_`; runs of hyphens become one, and none
 * is left at the ends. Letters and digits are those of Unicode, so the store may still refuse the name.
 */
export function formatSecretName({ prefix = '', key, suffix = '' }: NameParts): SecretName {
  return [prefix, key, suffix.replace(/^-+/, '')]
    .filter((part, index) => index === 1 || part !== '')
    .join('-')
    .replace(/[^\p{Alphabetic}\p{N}_-]/gu, '_')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '')
}

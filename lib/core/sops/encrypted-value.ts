/** The parts of `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]`, still in base64. */
export interface EncryptedValue {
  readonly data: string
  readonly iv: string
  readonly tag: string
  readonly type: string
}

/** How every encrypted value starts. */
export const encryptedPrefix = 'ENC[AES256_GCM,'

/** Greedy and open at the end, as sops has it: the type runs to the last `]` of the line, what follows is ignored. */
const grammar = /^ENC\[AES256_GCM,data:(.+),iv:(.+),tag:(.+),type:(.+)\]/

/**
 * Splits an encrypted value; `null` where the text is none.
 * @see https://github.com/getsops/sops/blob/main/aes/cipher.go
 */
export function parseEncryptedValue(text: string): EncryptedValue | null {
  if (!text.startsWith(encryptedPrefix)) return null
  const match = grammar.exec(text)
  if (!match) return null
  const [, data = '', iv = '', tag = '', type = ''] = match
  return { data, iv, tag, type }
}

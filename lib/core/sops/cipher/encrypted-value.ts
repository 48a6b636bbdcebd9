/** The parts of `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]`, still in base64. */
export interface EncryptedValue {
  readonly data: string
  readonly iv: string
  readonly tag: string
  readonly type: string
}

/** How every encrypted value starts. */
export const encryptedPrefix = 'ENC[AES256_GCM,'

const dataAt = `${encryptedPrefix}data:`.length

/**
 * Splits an encrypted value; `null` where the text is none. Each part is as long as it can be, the data above all, and
 * what follows the last bracket of the line is ignored. Found from the end, in linear time, where sops has a regular
 * expression.
 * @see https://github.com/getsops/sops/blob/main/aes/cipher.go
 */
export function parseEncryptedValue(text: string): EncryptedValue | null {
  if (!text.startsWith(`${encryptedPrefix}data:`)) return null
  const [line = ''] = text.split('\n', 1)
  const end = line.lastIndexOf(']')
  const typeAt = findLabel(line, ',type:', end)
  const tagAt = findLabel(line, ',tag:', typeAt)
  const ivAt = findLabel(line, ',iv:', tagAt)
  if (ivAt <= dataAt) return null
  return {
    data: line.slice(dataAt, ivAt),
    iv: line.slice(ivAt + ',iv:'.length, tagAt),
    tag: line.slice(tagAt + ',tag:'.length, typeAt),
    type: line.slice(typeAt + ',type:'.length, end),
  }
}

/** Where the last label stands that has a part of its own before `end`; -1 where there is none. */
function findLabel(line: string, label: string, end: number): number {
  const latest = end - label.length - 1
  return latest < 0 ? -1 : line.lastIndexOf(label, latest)
}

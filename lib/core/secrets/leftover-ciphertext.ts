import { decodeBase64 } from '../base64.ts'

const ciphertext = 'ENC[AES256_GCM,'

/** What `ciphertext` looks like within base64, wherever it begins in a group of three bytes. */
const encodedCiphertexts = [0, 1, 2].map((offset) =>
  Buffer.from(`${'\0'.repeat(offset)}${ciphertext}`)
    .toString('base64')
    .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + ciphertext.length) * 8) / 6)),
)

/** The metadata of a SOPS file in YAML, JSON, INI or dotenv. */
const metadata = /^[ \t]*sops:|"sops"\s*:\s*\{|^\[sops\]|^sops_lastmodified=/m

/** Nobody encodes a value more often by accident. */
const maximumEncodings = 3

/**
 * Whether a value still holds what sops wrote: an encrypted value or the metadata of a file, in plain or, also
 * within other text, in base64. Such a value was never decrypted, or only half.
 */
export function hasLeftoverCiphertext(value: Uint8Array, encodings = 0): boolean {
  const text = Buffer.from(value).toString('latin1')
  if (text.includes(ciphertext) || (metadata.test(text) && text.includes('lastmodified'))) return true
  const unwrapped = text.replaceAll(/[\t\n\r ]/g, '')
  if (encodedCiphertexts.some((encoded) => unwrapped.includes(encoded))) return true
  const decoded = encodings < maximumEncodings ? decodeBase64(unwrapped) : null
  return decoded !== null && decoded.length > 0 && hasLeftoverCiphertext(decoded, encodings + 1)
}

const standard = /^[A-Za-z0-9+/]*={0,2}$/
const urlSafe = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/

/**
 * Standard padded base64, CR and LF ignored; `null` where it is not. `Buffer.from` alone would drop what it does not
 * know, so that a damaged value would decode.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const compact = /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]/g, '') : text
  return compact.length % 4 === 0 && standard.test(compact) ? Buffer.from(compact, 'base64') : null
}

/** URL-safe base64 without padding; `null` where it is not. */
export function decodeBase64Url(text: string): Uint8Array | null {
  return urlSafe.test(text) ? Buffer.from(text, 'base64url') : null
}

/** The text of UTF-8 bytes, a byte order mark included; `null` where they are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : null
}

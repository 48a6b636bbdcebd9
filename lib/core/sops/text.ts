const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes as text; what is no UTF-8 becomes U+FFFD. A byte order mark stays. */
export function decodeText(bytes: Uint8Array): string {
  return lenientUtf8.decode(bytes)
}

/** The bytes of a text. */
export function encodeText(text: string): Uint8Array {
  return Buffer.from(text)
}

/**
 * The parts of a MAC's input, each behind its length (4 bytes, big-endian), so that no two lists of parts read the
 * same. What follows them needs no length.
 */
export function formatParts(...parts: readonly string[]): Uint8Array {
  const chunks = parts.flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(chunks)
}

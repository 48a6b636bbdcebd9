export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** UTF-8, or UTF-16 where a byte order mark says so. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** The text of a YAML file without its byte order mark; `null` where it is not in its encoding. */
export function decodeYaml(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** Index of the first character that YAML does not have; -1 where there is none. */
export function findIllegal(text: string): number {
  return text.search(illegal)
}

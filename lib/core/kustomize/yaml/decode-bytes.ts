import { createSourceError, type YamlSource } from './source.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/**
 * The text of a YAML file without its byte order mark: UTF-8, or UTF-16 where a mark says so.
 * @throws {SyncError} the code of `source`
 */
export function decodeBytes(bytes: Uint8Array, source: YamlSource): string {
  const text = decodeText(bytes, encodingOf(bytes))
  if (text === null) throw createSourceError(source, 'text in an unknown encoding')
  if (illegal.test(text)) throw createSourceError(source, 'control character')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

const createDecoder = (encoding: string) => new TextDecoder(encoding, { fatal: true, ignoreBOM: true })

const decoders = {
  'utf-8': createDecoder('utf-8'),
  'utf-16le': createDecoder('utf-16le'),
  'utf-16be': createDecoder('utf-16be'),
}

/** The bytes as text, a byte order mark kept, or `null` where they are not in the encoding. */
export function decodeText(bytes: Uint8Array, encoding: keyof typeof decoders = 'utf-8'): string | null {
  try {
    return decoders[encoding].decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

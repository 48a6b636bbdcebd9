import { parseGoInteger } from '../../../go/literals.ts'
import type { Comment, Pair, TreeMap, TreeNode } from '../../tree.ts'
import { createJsonReader, type JsonReader } from './reader.ts'

/** Deeper than any file that people write, and safe for the stack. */
const maxDepth = 1000

/**
 * Reads a JSON object, keeping the order of its pairs, duplicate keys and 64-bit integers, which `JSON.parse` loses.
 * What follows the object is ignored, as sops does.
 * @throws {SyncError} SopsFileUnreadable with the offset
 */
export function parseJsonObject(text: string): TreeMap {
  const reader = createJsonReader(text)
  reader.expect('{')
  return parseObject(reader, 1)
}

function parseValue(reader: JsonReader, depth: number): TreeNode {
  if (depth > maxDepth) throw reader.fail()
  const character = reader.peek()
  switch (character) {
    case '{':
      reader.expect('{')
      return parseObject(reader, depth + 1)
    case '[':
      reader.expect('[')
      return { type: 'list', items: parseItems(reader, depth + 1) }
    case '"':
      return { type: 'str', text: reader.readString() }
    case 't':
      return reader.readWord('true', { type: 'bool', value: true })
    case 'f':
      return reader.readWord('false', { type: 'bool', value: false })
    case 'n':
      return reader.readWord('null', { type: 'null' })
    default:
      return parseNumber(reader)
  }
}

function parseObject(reader: JsonReader, depth: number): TreeMap {
  const items: (Pair | Comment)[] = []
  if (reader.accept('}')) return { type: 'map', items }
  do {
    if (reader.peek() !== '"') throw reader.fail()
    const key = reader.readString()
    reader.expect(':')
    items.push({ type: 'pair', key, value: parseValue(reader, depth) })
  } while (reader.accept(','))
  reader.expect('}')
  return { type: 'map', items }
}

function parseItems(reader: JsonReader, depth: number): TreeNode[] {
  const items: TreeNode[] = []
  if (reader.accept(']')) return items
  do items.push(parseValue(reader, depth))
  while (reader.accept(','))
  reader.expect(']')
  return items
}

/** An integer literal of 64 bits is an int, any other number a double. */
function parseNumber(reader: JsonReader): TreeNode {
  const literal = reader.readNumber()
  const integer = parseGoInteger(literal)
  if (integer !== null) return { type: 'int', value: integer }
  const value = Number(literal)
  if (!Number.isFinite(value)) throw reader.fail()
  return { type: 'float', value }
}

import { decodeBase64 } from '../../../../base64.ts'
import { resolvePlain } from '../../../../yaml/resolve.ts'
import { createString, type Scalar, type Unsupported } from '../../../tree.ts'
import { failAtLine } from './fail-at-line.ts'
import type { ScalarNode } from './syntax-node.ts'

const types: Readonly<Record<string, string>> = {
  '!!null': 'null',
  '!!bool': 'bool',
  '!!int': 'int',
  '!!float': 'float',
  '!!timestamp': 'time',
}

/**
 * The value of a scalar: by its tag, by its text where it is plain, else as a string. A tag of another kind makes it a
 * string, too.
 * @throws {SyncError} SopsFileUnreadable where the text is not of the type that its tag says
 */
export function resolveScalar({ value, tag, isPlain, line }: ScalarNode): Scalar | Unsupported {
  if (tag === '') return isPlain ? resolveSigned(value) : { type: 'str', text: value }
  if (tag === '!!binary') {
    const bytes = decodeBase64(value)
    if (!bytes) throw failAtLine(line)
    return createString(bytes)
  }
  const type = Object.hasOwn(types, tag) ? types[tag] : undefined
  if (type === undefined) return { type: 'str', text: value }
  const resolved = resolveSigned(value)
  if (resolved.type === type || (resolved.type === 'unsupported' && type === 'int')) return resolved
  if (resolved.type === 'int' && type === 'float') return { type: 'float', value: Number(resolved.value) }
  throw failAtLine(line)
}

const maxInteger = 2n ** 63n - 1n

/** sops has no integers that only fit without a sign. */
function resolveSigned(text: string): Scalar | Unsupported {
  const value = resolvePlain(text)
  return value.type === 'int' && value.value > maxInteger ? { type: 'unsupported', found: 'uint64' } : value
}

/** Whether this is the key `<<`, whose value go-yaml merges when it decodes; SOPS keeps it as it is. */
export function isMergeKey({ value, tag, isPlain }: ScalarNode): boolean {
  return value === '<<' && (tag === '!!merge' || (tag === '' && isPlain))
}

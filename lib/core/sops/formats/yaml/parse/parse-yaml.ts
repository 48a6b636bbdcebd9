import { SyncError } from '../../../../errors.ts'
import type { Branch } from '../../../tree.ts'
import { buildBranch } from './build-branch.ts'
import { parseDocuments } from './parse-documents.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/**
 * The documents of a YAML file.
 * @throws {SyncError} SopsFileUnreadable, where it can with the line
 */
export function parseYaml(bytes: Uint8Array): Branch[] {
  if (bytes.length === 0) return []
  const text = decodeYaml(bytes)
  const control = forbidden.exec(text)
  if (control) throw new SyncError('SopsFileUnreadable', { data: { offset: control.index } })
  const branches = parseDocuments(text).map(buildBranch)
  if (branches.length === 0) throw new SyncError('SopsFileUnreadable', { data: { documents: 0 } })
  return branches
}

/** YAML is UTF-8, or UTF-16 with a byte order mark. */
function decodeYaml(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new SyncError('SopsFileUnreadable', { data: { encoding }, cause })
  }
}

import { SyncError } from '../../../../errors.ts'
import { decodeYaml, encodingOf, findIllegal } from '../../../../yaml/decode-bytes.ts'
import type { Branch } from '../../../tree.ts'
import { buildBranch } from './build-branch.ts'
import { parseDocuments } from './parse-documents.ts'

/**
 * The documents of a YAML file.
 * @throws {SyncError} SopsFileUnreadable, where it can with the line
 */
export function parseYaml(bytes: Uint8Array): Branch[] {
  if (bytes.length === 0) return []
  const text = decodeYaml(bytes)
  if (text === null) throw new SyncError('SopsFileUnreadable', { data: { encoding: encodingOf(bytes) } })
  const offset = findIllegal(text)
  if (offset >= 0) throw new SyncError('SopsFileUnreadable', { data: { offset } })
  const branches = parseDocuments(text).map(buildBranch)
  if (branches.length === 0) throw new SyncError('SopsFileUnreadable', { data: { documents: 0 } })
  return branches
}

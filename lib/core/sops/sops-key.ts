import { SyncError } from '../errors.ts'
import type { ParsedFile } from './sops-format.ts'
import { type Branch, findValue } from './tree.ts'

const sopsKey = 'sops'

/**
 * Takes the metadata under the top-level key `sops` out of every branch; those of the first branch count.
 * @throws {SyncError} SopsMetadataMissing, SopsMetadataInvalid
 */
export function separateSopsKey(branches: readonly Branch[]): ParsedFile {
  const [first] = branches
  const metadata = first && findValue(first, sopsKey)
  if (!metadata) throw new SyncError('SopsMetadataMissing')
  const found = first.items.filter((item) => item.type === 'pair' && item.key === sopsKey)
  if (metadata.type !== 'map' || found.length > 1) {
    throw new SyncError('SopsMetadataInvalid', { data: { field: sopsKey } })
  }
  return { metadata, branches: branches.map(dropSopsKey) }
}

function dropSopsKey(branch: Branch): Branch {
  const items = branch.items.filter((item) => item.type === 'comment' || item.key !== sopsKey)
  return { type: 'map', items }
}

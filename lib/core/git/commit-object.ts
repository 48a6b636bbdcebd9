import { SyncError } from '../errors.ts'

/** The id of the tree of a commit. @throws {SyncError} GitDataInvalid */
export function readCommitTree(bytes: Uint8Array): string {
  const [, tree] = /^tree ([0-9a-f]{40})\n/.exec(Buffer.from(bytes.subarray(0, 46)).toString('latin1')) ?? []
  if (tree === undefined) throw new SyncError('GitDataInvalid', { data: { part: 'commit' } })
  return tree
}

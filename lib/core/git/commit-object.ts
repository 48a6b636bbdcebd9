import { SyncError } from '../errors.ts'

/** The id of the tree of a commit. @throws {SyncError} GitDataInvalid */
export function readCommitTree(bytes: Uint8Array): string {
  const [, tree] = /^tree ([0-9a-f]{40})\n/.exec(Buffer.from(bytes.subarray(0, 46)).toString('latin1')) ?? []
  if (tree === undefined) throw new SyncError('GitDataInvalid', { data: { part: 'commit' } })
  return tree
}

/** The ids of the parents of a commit, from the lines that follow its tree. */
export function listCommitParents(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1')
  const [, parents = ''] = /^tree [0-9a-f]{40}\n((?:parent [0-9a-f]{40}\n)*)/.exec(text) ?? []
  return parents.split('\n').flatMap((line) => (line === '' ? [] : [line.slice('parent '.length)]))
}

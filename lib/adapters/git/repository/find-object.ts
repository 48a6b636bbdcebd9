import type { Tree } from '../../../core/files/tree.ts'
import { readCommitTree } from '../../../core/git/commit-object.ts'
import type { GitObject, ObjectType } from '../../../core/git/object.ts'
import { createObjectTree } from '../../../core/git/object-tree.ts'

/** The object of an id, `null` where it is not at hand. */
export type FindObject = (oid: string) => GitObject | null

/** What an object of this type holds; `null` where there is none, or one of another type. */
export function readObject(find: FindObject, oid: string, type: ObjectType): Uint8Array | null {
  const object = find(oid)
  return object?.type === type ? object.bytes : null
}

/** The tree of a commit; `null` where the commit or an object of its tree is not at hand. */
export function readTree(find: FindObject, commit: string): Tree | null {
  const bytes = readObject(find, commit, 'commit')
  return bytes && createObjectTree(readCommitTree(bytes), (oid) => readObject(find, oid, 'tree'))
}

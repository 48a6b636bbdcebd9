import { createHash } from 'node:crypto'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

/** One object of a repository, without Git's own header. */
export interface GitObject {
  readonly type: ObjectType
  readonly bytes: Uint8Array
}

/** The id of an object: 40 lower-case hexadecimal digits. @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function hashObject({ type, bytes }: GitObject): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Whether `text` is a full object id of a SHA-1 repository. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

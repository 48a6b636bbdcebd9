import type { GitObject } from '../../../core/git/object.ts'
import type { GitObjects } from '../packs/read-pack.ts'

/** What is remembered of one repository. */
export interface RepositoryObjects {
  /** `null` where the object is not here, or no longer. */
  get(oid: string): GitObject | null
  add(objects: GitObjects): void
}

/** Opens the part of a cache that belongs to one key; parts share the memory and nothing else. */
export type ObjectCache = (key: string) => RepositoryObjects

/** What an entry costs beside the bytes of its object, roughly. */
const entryBytes = 400

/** A cache in memory of about `maxBytes`, from which goes what was not used for longest. */
export function createObjectCache(maxBytes: number): ObjectCache {
  // A map keeps the order of insertion; what is used moves to the end.
  const objects = new Map<string, GitObject>()
  let totalBytes = 0

  function remove(key: string): GitObject | null {
    const object = objects.get(key)
    if (!object) return null
    objects.delete(key)
    totalBytes -= object.bytes.length + entryBytes
    return object
  }

  function insert(key: string, object: GitObject): void {
    objects.set(key, object)
    totalBytes += object.bytes.length + entryBytes
  }

  return (part) => ({
    get(oid) {
      const key = `${part} ${oid}`
      const object = remove(key)
      if (object) insert(key, object)
      return object
    },
    add(received) {
      for (const [oid, object] of received) {
        remove(`${part} ${oid}`)
        insert(`${part} ${oid}`, object)
      }
      for (const oldest of objects.keys()) {
        if (totalBytes <= maxBytes) return
        remove(oldest)
      }
    },
  })
}

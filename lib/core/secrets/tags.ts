import { reservedTags } from '../plan/identity/ownership.ts'
import type { Tags } from './desired.ts'
import { isTag, storeLimits } from './store-limits.ts'

/** Tags that every secret carries beside its mark of ownership, as the original controller sets them. */
export const environmentTag = 'environment'
export const locationTag = 'location'

const ownTags: ReadonlySet<string> = new Set([...reservedTags, environmentTag, locationTag])
const maximumCount = storeLimits.tags - ownTags.size

/** What is wrong with one of a user's tags, or with all of them (`key` is `''`). */
export interface TagProblem {
  readonly key: string
  readonly problem: string
}

/** `null` where AWS takes all tags and none is, in whatever case, one that the service sets. */
export function findTagProblem(tags: Tags): TagProblem | null {
  const entries = Object.entries(tags)
  if (entries.length > maximumCount) return { key: '', problem: `holds more than ${maximumCount} tags` }
  for (const [key, value] of entries) {
    if (isOwnTag(key)) return { key, problem: 'is a tag that the service sets itself' }
    if (!isTag(key, value)) return { key, problem: 'is no tag that AWS takes' }
  }
  return null
}

function isOwnTag(key: string): boolean {
  const lowerCased = key.toLowerCase()
  return ownTags.has(lowerCased) || lowerCased.startsWith('smc-')
}

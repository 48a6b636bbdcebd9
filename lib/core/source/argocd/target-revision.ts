import { isCommit } from '../revision.ts'
import { parseConstraint } from '../semver/semver-constraint.ts'
import { parseVersion } from '../semver/semver-version.ts'
import type { Ref } from '../source.ts'

/**
 * What a `targetRevision` of Argo CD follows: nothing or `HEAD` the default branch, a whole commit id that commit, a
 * version range the highest matching tag, and anything else, an exact version included, the branch or tag of that
 * name. `tagPrefix` narrows a range to the tags that begin with it.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
 */
export function parseTargetRevision(text: string, tagPrefix = ''): Ref {
  if (text === '' || text === 'HEAD') return { head: true }
  if (isCommit(text.toLowerCase())) return { commit: text.toLowerCase() }
  const isRange = parseVersion(text) === null && parseConstraint(text) !== null
  if (!isRange) return { name: text }
  return { semver: text, lenient: true, ...(tagPrefix !== '' && { tagPrefix }) }
}

import { compareVersions, type Version } from './semver-version.ts'

/** One comparison of a range, such as `>=1.2`; parts that are absent or `x` are 0 and count as open. */
export interface Comparator {
  readonly operator: string
  readonly bound: Version
  readonly open: 'none' | 'patch' | 'minor' | 'all'
}

/**
 * Whether `version` lies where the comparator says, pre-releases not looked at.
 * @see https://github.com/Masterminds/semver/blob/v3.5.0/constraints.go `constraintOps`
 */
export function matchesComparator(version: Version, item: Comparator): boolean {
  const order = compareVersions(version, item.bound)
  switch (item.operator) {
    case '!=':
      return !isEqual(version, item)
    case '>':
      return isGreater(version, item)
    case '<':
      return order < 0
    case '>=':
    case '=>':
      return order >= 0
    case '<=':
    case '=<':
      return item.open === 'none' ? order <= 0 : !exceedsOpen(version, item)
    case '^':
      return order >= 0 && isCaretCompatible(version, item)
    case '~':
    case '~>':
      return order >= 0 && isTildeCompatible(version, item)
    default:
      return item.open === 'none' ? order === 0 : order >= 0 && isTildeCompatible(version, item)
  }
}

/** The sense of `!=`: an open part matches everything; before an open patch, pre-releases must agree. */
function isEqual(version: Version, { bound, open }: Comparator): boolean {
  if (open === 'none') return compareVersions(version, bound) === 0
  if (version.major !== bound.major) return false
  if (open === 'minor') return true
  if (version.minor !== bound.minor) return false
  return open === 'patch' ? version.prerelease === bound.prerelease : compareVersions(version, bound) === 0
}

/** `>1` begins at 2.0.0 and `>1.2` at 1.3.0. */
function isGreater(version: Version, { bound, open }: Comparator): boolean {
  if (open === 'none' || version.major !== bound.major) return compareVersions(version, bound) > 0
  if (open === 'minor') return false
  return open === 'patch' ? version.minor > bound.minor : compareVersions(version, bound) > 0
}

function exceedsOpen(version: Version, { bound, open }: Comparator): boolean {
  return (
    version.major > bound.major ||
    (version.major === bound.major && version.minor > bound.minor && open !== 'minor')
  )
}

function isTildeCompatible(version: Version, { bound, open }: Comparator): boolean {
  const isZero = bound.major === 0n && bound.minor === 0n && bound.patch === 0n
  if (isZero && (open === 'none' || open === 'all')) return true
  return version.major === bound.major && (version.minor === bound.minor || open === 'minor')
}

/** The leftmost part that is not 0 must stay. */
function isCaretCompatible(version: Version, { bound, open }: Comparator): boolean {
  if (version.major !== bound.major) return false
  if (bound.major > 0n || open === 'minor') return true
  if (version.minor !== bound.minor) return false
  return bound.minor > 0n || open === 'patch' || version.patch === bound.patch
}

import { type Comparator, matchesComparator } from './semver-comparator.ts'
import { parseVersion, type Version } from './semver-version.ts'

/** Whether a version lies in a range. */
export type Constraint = (version: Version) => boolean

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const numeral = '[0-9|xX*]+'
const boundary = `v?${numeral}(?:\\.${numeral})?(?:\\.${numeral})?(?:-${identifiers})?(?:\\+${identifiers})?`
const space = '[\\t\\n\\f\\r ]'
const hyphenRange = new RegExp(`(${boundary})${space}+-${space}+(${boundary})${space}*`, 'g')
const comparator = new RegExp(
  `(!=|>=|=>|<=|=<|~>|[=><~^]|)${space}*v?(${numeral})(?:\\.(${numeral}))?(?:\\.(${numeral}))?` +
    `(?:-(${identifiers}))?(?:\\+${identifiers})?`,
  'y',
)
const separator = new RegExp(`${space}*,${space}*|${space}+`, 'y')
const blank = new RegExp(`${space}*`, 'y')
const maximumLength = 512
const maximumGroups = 32

/**
 * A range in the language of Masterminds/semver, which Flux and Argo CD use: `^1.2`, `>=1 <2, !=1.5.x`, `1 - 2`,
 * `1.x || 3.*`. `null` where the text is none. Pre-releases match only where the range names one.
 * @see https://github.com/Masterminds/semver/blob/v3.5.0/constraints.go
 */
export function parseConstraint(text: string): Constraint | null {
  if (text.length > maximumLength) return null
  const groups = text.replace(hyphenRange, '>= $1, <= $2 ').split('||').map(parseGroup)
  if (groups.length > maximumGroups || groups.includes(null)) return null
  const alternatives = groups.filter((group) => group !== null)
  return (version) => alternatives.some((group) => matchesGroup(version, group))
}

function matchesGroup(version: Version, group: readonly Comparator[]): boolean {
  const namesPrerelease = group.some(({ bound }) => bound.prerelease !== '')
  return (
    (version.prerelease === '' || namesPrerelease) && group.every((item) => matchesComparator(version, item))
  )
}

/** Comparators between blanks or commas, read from left to right so that no input costs more than its length. */
function parseGroup(text: string): readonly Comparator[] | null {
  const group: Comparator[] = []
  let position = skip(blank, text, 0)
  for (;;) {
    comparator.lastIndex = position
    const found = comparator.exec(text)
    const parsed = found && createComparator(found)
    if (!parsed) return null
    group.push(parsed)
    position = comparator.lastIndex
    if (skip(blank, text, position) === text.length) return group
    const next = skip(separator, text, position)
    if (next === position) return null
    position = next
  }
}

function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position
  return pattern.test(text) ? pattern.lastIndex : position
}

function createComparator([
  ,
  operator = '',
  major,
  minor,
  patch,
  prerelease,
]: RegExpExecArray): Comparator | null {
  const suffix = prerelease === undefined ? '' : `-${prerelease}`
  if (isOpen(major)) return withBound(operator, `0.0.0${suffix}`, 'all')
  if (isOpen(minor)) return withBound(operator, `${major}.0.0${suffix}`, 'minor')
  if (isOpen(patch)) return withBound(operator, `${major}.${minor}.0${suffix}`, 'patch')
  return withBound(operator, `${major}.${minor}.${patch}${suffix}`, 'none')
}

function withBound(operator: string, text: string, open: Comparator['open']): Comparator | null {
  const bound = parseVersion(text)
  return bound && { operator, bound, open }
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || part === '*' || part === 'x' || part === 'X'
}

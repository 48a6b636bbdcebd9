/** A version as Masterminds/semver compares it; build metadata do not count. */
export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** Identifiers after the first `-`, such as `rc.1`; `''` for a release. */
  readonly prerelease: string
}

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const lenient = new RegExp(
  `^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-(${identifiers}))?(?:\\+${identifiers})?$`,
)
const strict = new RegExp(
  `^v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-${identifiers})?(?:\\+${identifiers})?$`,
)
const maximumLength = 256
const maximumNumber = 2n ** 64n - 1n

/**
 * A version, missing parts being 0: `v1.2` is 1.2.0. `null` where the text is none.
 * @see https://github.com/Masterminds/semver/blob/v3.5.0/version.go `NewVersion`
 */
export function parseVersion(text: string): Version | null {
  if (text.length > maximumLength) return null
  const found = lenient.exec(text)
  if (!found) return null
  const [, major = '0', minor = '0', patch = '0', prerelease = ''] = found
  if (prerelease.split('.').some((part) => /^0[0-9]+$/.test(part))) return null
  const version = { major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), prerelease }
  return [version.major, version.minor, version.patch].some((part) => part > maximumNumber) ? null : version
}

/** A version as Flux reads tags: all three numbers, without leading zeros, after an optional `v`. */
export function parseStrictVersion(text: string): Version | null {
  return strict.test(text) ? parseVersion(text) : null
}

/** Negative where `one` is lower, 0 where they are equal. */
export function compareVersions(one: Version, other: Version): number {
  return (
    compare(one.major, other.major) ||
    compare(one.minor, other.minor) ||
    compare(one.patch, other.patch) ||
    comparePrereleases(one.prerelease, other.prerelease)
  )
}

/** Negative where `one` is lower; a release is higher than each of its pre-releases. */
function comparePrereleases(one: string, other: string): number {
  if (one === other) return 0
  if (one === '' || other === '') return one === '' ? 1 : -1
  const ones = one.split('.')
  const others = other.split('.')
  for (let index = 0; index < Math.max(ones.length, others.length); index++) {
    const order = compareIdentifier(ones[index] ?? '', others[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function compareIdentifier(one: string, other: string): number {
  if (one === other) return 0
  if (one === '' || other === '') return one === '' ? -1 : 1
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1
  return isNumber(one) ? compare(BigInt(one), BigInt(other)) : compare(one, other)
}

function isNumber(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier) && BigInt(identifier) <= maximumNumber
}

function compare<Value extends bigint | string>(one: Value, other: Value): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

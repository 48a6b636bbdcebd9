import { describe, expect, it } from 'vitest'
import {
  compareVersions,
  parseStrictVersion,
  parseVersion,
} from '../../../../../lib/core/source/semver/semver-version.ts'
import vectors from '../../../../fixtures/semver/masterminds.json' with { type: 'json' }

describe('parseVersion', () => {
  it('takes just the texts that Masterminds/semver takes', () => {
    expect(vectors.versions.filter((text) => parseVersion(text) !== null)).toEqual(vectors.valid)
  })
})

describe('compareVersions', () => {
  const parsed = vectors.valid.map((text) => parseVersion(text)).filter((version) => version !== null)

  it.each(vectors.valid.map((text, row) => [text, vectors.order[row], parsed[row]] as const))(
    'orders %s among the others as Masterminds/semver does',
    (_, expected, version) => {
      const signs = parsed.map(
        (other) => ['<', '=', '>'][(version ? compareVersions(version, other) : 9) + 1],
      )
      expect(signs.join('')).toBe(expected)
    },
  )
})

describe('parseStrictVersion', () => {
  it.each([
    ['1.2.3', true],
    ['v1.2.3-rc.1+b', true],
    ['v1.2', false],
    ['01.2.3', false],
    ['1.2.3-01', false],
    ['release-1.2.3', false],
  ])('%s: %s, as Flux reads tags', (text, isVersion) => {
    expect(parseStrictVersion(text) !== null).toBe(isVersion)
  })
})

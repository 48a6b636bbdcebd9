import { describe, expect, it } from 'vitest'
import { parseConstraint } from '../../../../../lib/core/source/semver/semver-constraint.ts'
import { parseVersion } from '../../../../../lib/core/source/semver/semver-version.ts'
import vectors from '../../../../fixtures/semver/masterminds.json' with { type: 'json' }

const versions = vectors.valid.map((text) => parseVersion(text)).filter((version) => version !== null)

describe('parseConstraint', () => {
  it.each(vectors.ranges as [string, string | null][])(
    '%j matches what Masterminds/semver says',
    (range, expected) => {
      const isInRange = parseConstraint(range)
      expect(isInRange && versions.map((version) => (isInRange(version) ? 'x' : '.')).join('')).toBe(expected)
    },
  )

  it('refuses at once what a backtracking pattern would take forever for', () => {
    expect(parseConstraint(`${'1   '.repeat(120)}!`)).toBeNull()
    expect(parseConstraint(`1${'.x-a'.repeat(1_000)}`)).toBeNull()
  })
})

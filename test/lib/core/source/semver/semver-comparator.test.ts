import { expect, it } from 'vitest'
import {
  type Comparator,
  matchesComparator,
} from '../../../../../lib/core/source/semver/semver-comparator.ts'
import { parseVersion, type Version } from '../../../../../lib/core/source/semver/semver-version.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (!parsed) throw new Error(`no version: ${text}`)
  return parsed
}

const cases: [string, Comparator['open'], string, string, boolean][] = [
  ['>', 'minor', '1.0.0', '1.9.0', false],
  ['>', 'patch', '1.2.0', '1.3.0', true],
  ['<=', 'patch', '1.2.0', '1.2.9', true],
  ['~', 'none', '1.2.3', '1.3.0', false],
  ['^', 'none', '0.2.3', '0.3.0', false],
  ['^', 'none', '0.0.3', '0.0.4', false],
  ['', 'patch', '1.2.0', '1.2.7', true],
  ['!=', 'patch', '1.2.0', '1.2.7', false],
]

it.each(cases)('%s (open: %s) %s: is %s inside? %s', (operator, open, bound, text, expected) => {
  expect(matchesComparator(version(text), { operator, open, bound: version(bound) })).toBe(expected)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matchesAny } from '../../../../../lib/core/config/policy/wildcard.ts'

it.each([
  ['a', 'a', true],
  ['a*', 'a', true],
  ['a*', 'ab', true],
  ['*a', 'ba', true],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'ace', true],
  ['*', '', true],
  ['a', 'ab', false],
  ['a*b', 'ac', false],
  ['ab*ba', 'aba', false],
  ['a*c*e', 'aec', false],
])('of %j and %j it is %s that they match', (pattern, text, expected) => {
  expect(matchesAny(['x', pattern], text)).toBe(expected)
})

it('matches whatever stands for the stars', () => {
  const part = fc.string({ maxLength: 5 }).map((text) => text.replaceAll('*', ''))
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.array(part, { minLength: 5 }),
      (parts, fill) => {
        const text = parts.reduce((whole, next, n) => whole + (fill[n] ?? '') + next)
        expect(matchesAny([parts.join('*')], text)).toBe(true)
      },
    ),
  )
})

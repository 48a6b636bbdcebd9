import { expect, it } from 'vitest'
import { parsePattern, parseSearchPattern } from '../../../../../lib/core/kustomize/select/pattern.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { measureOwnTimeMs, runawayMs } from '../../../../fakes/own-time.ts'

it.each([
  ['', 'any', true],
  ['ab|q', 'ab', true],
  ['ab|q', 'abq', false],
  ['a.c', 'abc', true],
  ['(?i)A', 'a', true],
  ['[[:alpha:]]+', 'abc', true],
  ['plain', 'plain-x', false],
])('%j matches %j: %s', (pattern, text, matches) => {
  expect(parsePattern(pattern, 'f')(text)).toBe(matches)
})

it('searches without anchors', () => {
  expect(parseSearchPattern('b+', 'f')('abbc')).toBe(true)
})

it.each(['(?=a)', '(a)\\1', '(', `${'x'.repeat(5_000)}.`])('refuses %j', (pattern) => {
  expect(codeOf(() => parsePattern(pattern, 'f'))).toBe('PatternInvalid')
})

it('takes linear time for a pattern that backtracking cannot end', () => {
  const ownTimeMs = measureOwnTimeMs(() => {
    expect(parsePattern('(a+)+b', 'f')('a'.repeat(5_000))).toBe(false)
  })
  expect(ownTimeMs).toBeLessThan(runawayMs)
})

import { expect, it } from 'vitest'
import { analyzePresentation, hasBreak, isBlockUnreadable } from '../../../../lib/core/yaml/presentation.ts'

it.each([
  ['text', 'psb'],
  ['a b', 'psb'],
  ['- a', 'sb'],
  ['a: b', 'sb'],
  ['a #b', 'sb'],
  [' a', 'sb'],
  ['a ', 's'],
  ['a\tb', 'b'],
  ['a\nb', 'sb'],
  ['a \nb', ''],
  ['a\n b', 'b'],
  ['😀', ''],
  ['\u0085', ''],
  ['', 'ps'],
])('allows for %j the styles %s', (text, styles) => {
  const { plainAllowed, singleAllowed, blockAllowed } = analyzePresentation(text)
  expect(`${plainAllowed ? 'p' : ''}${singleAllowed ? 's' : ''}${blockAllowed ? 'b' : ''}`).toBe(styles)
})

it('knows the block that libyaml cannot read again', () => {
  expect([isBlockUnreadable('\ta\nb'), isBlockUnreadable('\n\ta'), isBlockUnreadable('\ta \n')]).toEqual([
    true,
    false,
    false,
  ])
})

it('knows the breaks of YAML 1.1', () => {
  expect(['\n', '\r', '\u0085', '\u2028', '\u2029'].every(hasBreak)).toBe(true)
  expect(['', 'a', '\t', '\v', '\f', '\u2027'].some(hasBreak)).toBe(false)
})

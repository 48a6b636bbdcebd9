import { expect, it } from 'vitest'
import { parseLabelSelector } from '../../../../../lib/core/kustomize/select/label-selector.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const labels = new Map(Object.entries({ tier: 'x', n: '5', empty: '', 'a.b/c': 'd' }))

it.each([
  ['', true],
  ['tier=x', true],
  ['tier==x,n', true],
  ['tier!=x', false],
  ['gone!=x', true],
  ['tier in (x,y)', true],
  ['tier notin (x)', false],
  ['gone notin (x)', true],
  ['empty in ()', true],
  ['empty in (x,)', true],
  ['empty=', true],
  ['!gone', true],
  ['!tier', false],
  ['n>4,n<6', true],
  ['tier>1', false],
  ['in in (in)', false],
  ['a.b/c=d', true],
])('%j is %s', (selector, fulfilled) => {
  expect(parseLabelSelector(selector, 'f')(labels)).toBe(fulfilled)
})

it.each([
  '=x',
  'a,',
  ',a',
  'a b',
  'a in x',
  'a in (x',
  'a in (x y)',
  'a=b=c',
  '!a=b',
  '-a',
  'a=-',
  'n>x',
  '/a',
  'A.b/c',
  'x'.repeat(5_000),
])('refuses %j', (selector) => {
  expect(codeOf(() => parseLabelSelector(selector, 'f'))).toBe('PatternInvalid')
})

import { expect, it } from 'vitest'
import { resolvePlain, resolveTag } from '../../../../../lib/core/kustomize/yaml/resolve.ts'

it.each([
  ['yes', 'yes'],
  ['y', 'y'],
  ['True', true],
  ['~', null],
  ['', null],
  ['1_000', 1_000n],
  ['014', 12n],
  ['08', 8],
  ['-0b11', -3n],
  ['1.10', 1.1],
  ['.5', 0.5],
  ['.5_0', 0.5],
  ['18446744073709551615', 18446744073709551615n],
  ['2001-01-02T03:04:05+01:60', '2001-01-02T03:04:05+02:00'],
  ['2001-1-2', '2001-01-02T00:00:00Z'],
  ['12:30:45', '12:30:45'],
  ['=', '='],
])('resolves %j to %s', (text, value) => {
  expect(resolvePlain(text).value).toBe(value)
})

it('names the tag', () => {
  expect(['no', 'NULL', '1', '1.', '2001-01-01'].map(resolveTag)).toEqual([
    '!!str',
    '!!null',
    '!!int',
    '!!float',
    '!!timestamp',
  ])
})

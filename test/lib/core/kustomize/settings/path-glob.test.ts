import { expect, it } from 'vitest'
import { parsePathGlob } from '../../../../../lib/core/kustomize/settings/path-glob.ts'
import { codeOf } from '../../../../fakes/errors.ts'

it.each([
  ['*.yaml', 'a.yaml', true],
  ['*.yaml', 'sub/a.yaml', true],
  ['**/a.yaml', 'sub/a.yaml', true],
  ['a.yaml', 'sub/a.yaml', false],
  ['{a,b}.yaml', 'b.yaml', true],
  ['{a,b}.yaml', 'c.yaml', false],
  ['{*.yml,sub/*}', 'sub/x.json', true],
  ['[ab].yaml', 'b.yaml', true],
  ['[!ab].yaml', 'b.yaml', false],
  ['?.yaml', 'b.yaml', true],
  ['a,b', 'a,b', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a.yaml', 'axyaml', false],
])('lets %j take %j: %s', (glob, path, expected) => {
  expect(parsePathGlob(glob, 'f')(path)).toBe(expected)
})

it.each(['{a', '[', 'x'.repeat(5_000)])('refuses %j', (glob) => {
  expect(codeOf(() => parsePathGlob(`${glob}*`, 'f'))).toBe('PatternInvalid')
})

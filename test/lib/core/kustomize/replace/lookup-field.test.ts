import { expect, it } from 'vitest'
import { itemsOf, lookupField } from '../../../../../lib/core/kustomize/replace/lookup-field.ts'
import { decodeNode } from '../../../../../lib/core/kustomize/yaml/decode.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource } from '../../../../fakes/resource.ts'

const { root } = createResource('metadata: {name: s}\na: {b: c}\nl: [{k: x, v: 1}, text, [y]]\ne: []\nz: ~\n')
const lookup = (...path: string[]) => {
  const found = lookupField(root, path, 'f')
  return found && decodeNode(found, { file: 'f', path: [], inFlow: false })
}

it.each([
  [['a', 'b'], 'c'],
  [[' a ', '', 'b'], 'c'],
  [['l', '1'], 'text'],
  [['l', '[k=x]', 'v'], 1n],
  [['l', '[=text]'], 'text'],
  [['l', '-', '0'], 'y'],
  [['l', '9'], undefined],
  [['l', '[k=none]', 'v'], undefined],
  [['none', 'deep', 'er'], undefined],
  [['z', 'x'], undefined],
  [['z', '0'], undefined],
  [['e', '-'], undefined],
])('finds %j', (path, value) => {
  expect(lookup(...path)).toEqual(value)
})

it.each([
  [['a', '*']],
  [['a', '0']],
  [['a', '[k=x]']],
  [['a', 'b', 'c']],
  [['l', 'n']],
  [['l', '-1']],
  [['l', '[n]']],
])('refuses %j', (path) => {
  expect(codeOf(() => lookup(...path))).toBe('KustomizeReplacementFailed')
})

it('takes a null for a list without items', () => {
  expect(itemsOf(lookupField(root, ['z'], 'f') ?? root, 'f')).toEqual([])
})

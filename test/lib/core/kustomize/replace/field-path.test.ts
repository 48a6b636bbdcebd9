import { expect, it } from 'vitest'
import {
  createPathError,
  isItemKey,
  parseIndex,
  parseItemKey,
  splitFieldPath,
} from '../../../../../lib/core/kustomize/replace/field-path.ts'
import { codeOf } from '../../../../fakes/errors.ts'

it.each([
  ['a.b', ['a', 'b']],
  ['.a.b', ['a', 'b']],
  ['a\\.b.c', ['a.b', 'c']],
  ['metadata.annotations.[x.y/z]', ['metadata', 'annotations', 'x.y/z']],
  ['a.[name=x.y].b', ['a', '[name=x.y]', 'b']],
  ['a.[b]', ['a', '[b]']],
  ['a.[b.c', ['a', 'b.c']],
  ['a..b', ['a', '', 'b']],
  ['', ['']],
])('splits %j', (path, parts) => {
  expect(splitFieldPath(path)).toEqual(parts)
})

it.each([
  ['0', 0],
  ['+1', 1],
  ['-1', -1],
  ['01', 1],
  ['1x', null],
  ['', null],
])('reads the index %j', (part, index) => {
  expect(parseIndex(part)).toBe(index)
})

it('tells the keys of items', () => {
  expect(['[a=b]', '[a', 'a]', 'a'].map(isItemKey)).toEqual([true, false, false, false])
  expect(parseItemKey('[a=b=c]', 'f')).toEqual({ field: 'a', value: 'b=c' })
  expect(parseItemKey('[=b]', 'f')).toEqual({ field: '', value: 'b' })
  expect(codeOf(() => parseItemKey('[a]', 'f'))).toBe('KustomizeReplacementFailed')
})

it('names the file in its errors', () => {
  expect(createPathError('f', 'x').data).toEqual({ file: 'f', reason: 'x' })
})

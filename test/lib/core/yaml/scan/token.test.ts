import { expect, it } from 'vitest'
import { createTagToken, createToken, isScalarStyle } from '../../../../../lib/core/yaml/scan/token.ts'

it('gives a token what it has, and nothing for the rest', () => {
  const place = { index: 3, line: 1 }
  expect(createToken('plain', place, 'a')).toEqual({ type: 'plain', ...place, value: 'a', suffix: '' })
  expect(createTagToken('tag', place, { handle: '!', suffix: 'b' })).toEqual({
    type: 'tag',
    ...place,
    value: '!',
    suffix: 'b',
  })
})

it('tells scalars from what is around them', () => {
  const types = ['plain', 'single', 'double', 'literal', 'folded', 'alias', 'key'] as const
  expect(types.map(isScalarStyle)).toEqual([true, true, true, true, true, false, false])
})

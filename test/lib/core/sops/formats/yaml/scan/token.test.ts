import { expect, it } from 'vitest'
import { createToken } from '../../../../../../../lib/core/sops/formats/yaml/scan/token.ts'

it('gives a token what it has, and nothing for the rest', () => {
  const start = { index: 3, line: 1, column: 2 }
  expect(createToken('scalar', start, { value: 'a', isPlain: true })).toEqual({
    type: 'scalar',
    start,
    value: 'a',
    suffix: '',
    isPlain: true,
  })
})

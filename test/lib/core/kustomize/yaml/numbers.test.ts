import { expect, it } from 'vitest'
import {
  parseGoDigits,
  parseGoFloat,
  parseGoInteger,
} from '../../../../../lib/core/kustomize/yaml/numbers.ts'

it.each([
  ['0', 0n],
  ['-0', 0n],
  ['014', 12n],
  ['0o14', 12n],
  ['0x1F', 31n],
  ['0B11', 3n],
  ['-9223372036854775808', -9223372036854775808n],
  ['18446744073709551615', 18446744073709551615n],
  ['08', null],
  ['+9223372036854775808', null],
  ['18446744073709551616', null],
  ['1e3', null],
  ['0x', null],
])('reads the integer %s as %s', (text, value) => {
  expect(parseGoInteger(text)).toBe(value)
})

it.each([
  ['1e3', 1_000],
  ['.5', 0.5],
  ['1.', 1],
  ['-1.5E-2', -0.015],
  ['1e400', null],
  ['.', null],
  ['e3', null],
])('reads the float %s as %s', (text, value) => {
  expect(parseGoFloat(text)).toBe(value)
})

it('reads digits of a base with at most one sign', () => {
  expect([parseGoDigits('', '-11', 2), parseGoDigits('-', '17', 8), parseGoDigits('-', '+1', 2)]).toEqual([
    -3n,
    -15n,
    null,
  ])
  expect(parseGoDigits('', '9', 8)).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { parseGoBool, parseGoFloat, parseGoInteger } from '../../../../lib/core/go/literals.ts'

describe('parseGoBool', () => {
  it('knows the words of Go only', () => {
    expect(['1', 't', 'T', 'TRUE', 'true', 'True'].map(parseGoBool)).toEqual(Array(6).fill(true))
    expect(['0', 'f', 'F', 'FALSE', 'false', 'False'].map(parseGoBool)).toEqual(Array(6).fill(false))
    expect(['', 'yes', 'tRUE', ' true', 'true\n'].map(parseGoBool)).toEqual(Array(5).fill(null))
  })
})

describe('parseGoInteger', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['+7', 7n],
    ['007', 7n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('reads %s', (text, value) => {
    expect(parseGoInteger(text)).toBe(value)
  })

  it.each(['', '-', '1.0', '0x1', '1_0', ' 1', '9223372036854775808'])('refuses %j', (text) => {
    expect(parseGoInteger(text)).toBeNull()
  })
})

it.each([
  ['an integer', parseGoInteger, (many: string) => many],
  ['a float', parseGoFloat, (many: string) => `${many}x`],
  ['a float with underscores', parseGoFloat, (many: string) => `${many.replaceAll('99', '9_9')}x`],
])('takes linear time for many digits in %s', (_, parse, build) => {
  expect(parse(build('9'.repeat(1_000_000)))).toBeNull()
})

describe('parseGoFloat', () => {
  it.each([
    ['1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['-1e-7', -1e-7],
    ['.5_0', 0.5],
    ['1_0e1_0', 1e11],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
  ])('reads %s', (text, value) => {
    expect(parseGoFloat(text)).toBe(value)
  })

  it.each(['', '.', 'e5', '1e', '1e400', '1__0', '_1', '1_', '1_.0', ' 1', '0x1p-2'])(
    'refuses %j',
    (text) => {
      expect(parseGoFloat(text)).toBeNull()
    },
  )
})

import { describe, expect, it } from 'vitest'
import { isReadAsString, resolvePlain } from '../../../../lib/core/yaml/resolve.ts'

const nothing = { type: 'null' }
const bool = (value: boolean) => ({ type: 'bool', value })
const int = (value: bigint) => ({ type: 'int', value })
const float = (value: number) => ({ type: 'float', value })
const time = (text: string) => ({ type: 'time', text })
const str = (text: string) => ({ type: 'str', text })

describe('resolvePlain', () => {
  it.each([
    ['', nothing],
    ['~', nothing],
    ['Null', nothing],
    ['nULL', str('nULL')],
    ['TRUE', bool(true)],
    ['False', bool(false)],
    ['yes', str('yes')],
    ['n', str('n')],
    ['off', str('off')],
    ['0', int(0n)],
    ['-0', int(0n)],
    ['+12', int(12n)],
    ['0777', int(511n)],
    ['0o17', int(15n)],
    ['0O17', int(15n)],
    ['-0o7', int(-7n)],
    ['0o-7', int(-7n)],
    ['0xFF', int(255n)],
    ['-0x1F', int(-31n)],
    ['0b101', int(5n)],
    ['0b+1', int(1n)],
    ['1_000', int(1000n)],
    ['12345_54321', int(1234554321n)],
    ['9223372036854775807', int(2n ** 63n - 1n)],
    ['-9223372036854775808', int(-(2n ** 63n))],
    ['9223372036854775808', int(2n ** 63n)],
    ['18446744073709551615', int(2n ** 64n - 1n)],
    ['+9223372036854775808', float(2 ** 63)],
    ['18446744073709551616', float(2 ** 64)],
    ['08', float(8)],
    ['089', float(89)],
    ['1.0', float(1)],
    ['1.', float(1)],
    ['.5', float(0.5)],
    ['-.5', float(-0.5)],
    ['1e3', float(1000)],
    ['1_0.5', float(10.5)],
    ['.inf', float(Number.POSITIVE_INFINITY)],
    ['-.INF', float(Number.NEGATIVE_INFINITY)],
    ['+.Inf', float(Number.POSITIVE_INFINITY)],
    ['.NaN', float(Number.NaN)],
    ['.5_0', float(0.5)],
    ['.', str('.')],
    ['.a', str('.a')],
    ['-', str('-')],
    ['+', str('+')],
    ['1e400', str('1e400')],
    ['1.2.3', str('1.2.3')],
    ['1:30', str('1:30')],
    ['0x1p-2', str('0x1p-2')],
    ['0x', str('0x')],
    ['inf', str('inf')],
    ['<<', str('<<')],
    ['2024-02-29', time('2024-02-29T00:00:00Z')],
    ['2024-2-9', time('2024-02-09T00:00:00Z')],
    ['2024-13-01', str('2024-13-01')],
    ['2023-02-29', str('2023-02-29')],
  ])('reads %j by the rules of go-yaml', (text, value) => {
    expect(resolvePlain(text)).toEqual(value)
  })
})

describe('a date and time', () => {
  it.each([
    ['2001-12-14T21:59:43+01:60', '2001-12-14T21:59:43+02:00'],
    ['2001-12-14T21:59:43+00:00', '2001-12-14T21:59:43Z'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14T21:59:43.1-05:00'],
    ['2001-12-14T1:2:3Z', '2001-12-14T01:02:03Z'],
    ['2001-12-14 21:59:43.5', '2001-12-14T21:59:43.5Z'],
    ['2001-12-14   21:59:43', '2001-12-14T21:59:43Z'],
  ])('is read from %s', (text, canonical) => {
    expect(resolvePlain(text)).toEqual(time(canonical))
  })

  it.each([
    '2001-12-14T21:59:43',
    '2001-12-14 21:59:43Z',
    '2001-12-14 21:59:43 -5',
    '2001-12-14T24:00:00Z',
    '2001-12-14T21:59:43z',
    '02001-12-14',
    '2001-12',
  ])('is not %s', (text) => {
    expect(resolvePlain(text)).toEqual(str(text))
  })
})

it('knows what older parsers would not read as a string', () => {
  const texts = ['text', 'nein', 'a:30', '1', '~', 'no', 'Y', 'OFF', '12:30', '-1_0:59.5']
  expect(texts.filter(isReadAsString)).toEqual(['text', 'nein', 'a:30'])
})

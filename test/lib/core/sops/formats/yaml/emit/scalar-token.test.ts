import { describe, expect, it } from 'vitest'
import {
  describeKey,
  describeScalar,
  isSimpleKey,
} from '../../../../../../../lib/core/sops/formats/yaml/emit/scalar-token.ts'

const str = (text: string) => describeScalar({ type: 'str', text })

describe('describeKey', () => {
  it('is that of the text, or of the bytes that no text has', () => {
    expect(describeKey('yes')).toEqual(str('yes'))
    expect(describeKey('k\udcf6')).toEqual({ text: 'a/Y=', tag: '!!binary', style: 'plain' })
  })
})

describe('describeScalar', () => {
  it.each([
    [{ type: 'int', value: -(2n ** 63n) }, '-9223372036854775808'],
    [{ type: 'float', value: 1e21 }, '1e+21'],
    [{ type: 'float', value: 1 }, '1'],
    [{ type: 'float', value: Number.POSITIVE_INFINITY }, '.inf'],
    [{ type: 'float', value: Number.NEGATIVE_INFINITY }, '-.inf'],
    [{ type: 'float', value: Number.NaN }, '.nan'],
    [{ type: 'bool', value: false }, 'false'],
    [{ type: 'time', text: '2026-01-02T03:04:05.5Z' }, '2026-01-02T03:04:05.5Z'],
    [{ type: 'null' }, 'null'],
  ] as const)('writes %o plain', (scalar, text) => {
    expect(describeScalar(scalar)).toEqual({ text, tag: '', style: 'plain' })
  })

  it('turns the string << into a merge key', () => {
    expect(str('<<')).toEqual({ text: '<<', tag: '!!merge', style: 'plain' })
  })

  it('loses several lines that start with a tab, as sops does', () => {
    expect(str('\ta\nb')).toEqual({ text: 'null', tag: '', style: 'plain' })
  })

  it('writes bytes in base64, in lines of 70 where they are long', () => {
    expect(describeScalar({ type: 'bytes', bytes: Uint8Array.of(255) })).toEqual({
      text: '/w==',
      tag: '!!binary',
      style: 'plain',
    })
    const long = describeScalar({ type: 'bytes', bytes: new Uint8Array(60).fill(255) })
    expect(long).toEqual({
      text: `${'/'.repeat(70)}\n${'/'.repeat(10)}\n`,
      tag: '!!binary',
      style: 'literal',
    })
  })
})

describe('isSimpleKey', () => {
  it.each([
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['é'.repeat(64), true],
    ['é'.repeat(65), false],
    ['a\nb', false],
    ['a\u2028b', false],
    ['a\rb', false],
    ['<<', true],
  ])('judges %j', (text, simple) => {
    expect(isSimpleKey(str(text))).toBe(simple)
  })
})

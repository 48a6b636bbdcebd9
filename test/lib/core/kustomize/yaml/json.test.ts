import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  compareUtf8,
  formatGoJson,
  isJsonList,
  isJsonMap,
} from '../../../../../lib/core/kustomize/yaml/json.ts'

it('sorts as the UTF-8 bytes sort', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      const expected = Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)))
      expect(Math.sign(compareUtf8(left, right))).toBe(expected)
    }),
  )
})

it('escapes and sorts as encoding/json does', () => {
  const value = new Map([
    ['b', '<a href="x">&\u2028\u0001\b\fé'],
    ['a', '😀'],
  ])
  expect(formatGoJson(value)).toBe(
    String.raw`{"a":"😀","b":"\u003ca href=\"x\"\u003e\u0026\u2028\u0001\b\fé"}`,
  )
})

it.each([
  [1e21, '1e+21'],
  [1e20, '100000000000000000000'],
  [1.5e-7, '1.5e-7'],
  [-0, '-0'],
  [18446744073709551615n, '18446744073709551615'],
  [null, 'null'],
  [[true, new Map()], '[true,{}]'],
])('prints %s as %s', (value, text) => {
  expect(formatGoJson(value)).toBe(text)
})

it('tells maps from lists', () => {
  expect([isJsonMap(new Map()), isJsonMap([]), isJsonList([]), isJsonList(undefined)]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

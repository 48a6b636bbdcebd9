import { expect, it } from 'vitest'
import { encodeJson, encodeScalar } from '../../../../../lib/core/kustomize/yaml/encode.ts'
import type { Json } from '../../../../../lib/core/kustomize/yaml/json.ts'

it.each([
  ['text', 'plain'],
  ['a: b', 'single'],
  ["a: 'b'", 'single'],
  ['\ta', 'double'],
  ['', 'double'],
  ['1', 'double'],
  ['yes', 'double'],
  ['12:30', 'double'],
  ['a\nb', 'literal'],
  ['a \nb', 'double'],
])('writes %j in %s style', (text, style) => {
  expect(encodeScalar(text)).toMatchObject({ tag: '!!str', style, value: text })
})

it.each([
  [3, '3'],
  [1_000_000, '1e+06'],
  [123_456.5, '123456.5'],
  [0.00001, '1e-05'],
  [-0, '-0'],
  [1.2345678901234567e19, '1.2345678901234567e+19'],
])('writes the float %s as %s', (value, text) => {
  expect(encodeScalar(value).value).toBe(text)
})

it('writes values in block style with sorted keys', () => {
  const node = encodeJson(
    new Map<string, Json>([
      ['b', [null, true]],
      ['a', 1n],
    ]),
  )
  expect(node).toMatchObject({
    kind: 'mapping',
    flow: false,
    entries: [{ key: { value: 'a' } }, { key: { value: 'b' } }],
  })
})

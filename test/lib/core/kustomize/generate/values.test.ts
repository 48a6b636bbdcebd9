import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createValue, encodeWrappedBase64 } from '../../../../../lib/core/kustomize/generate/values.ts'

it('wraps base64 from 70 characters on', () => {
  expect(encodeWrappedBase64(new Uint8Array(51))).toBe('A'.repeat(68))
  expect(encodeWrappedBase64(new Uint8Array(54))).toBe(`${'A'.repeat(70)}\nAA\n`)
  expect(encodeWrappedBase64(new Uint8Array(105))).toBe(`${'A'.repeat(70)}\n${'A'.repeat(70)}\n`)
})

it('decodes to what was encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([...Buffer.from(encodeWrappedBase64(bytes), 'base64')]).toEqual([...bytes])
    }),
  )
})

it('makes a block of several lines', () => {
  expect([createValue('a\nb', true), createValue('a', false)]).toMatchObject([
    { style: 'literal', tainted: true },
    { style: 'plain', tainted: false },
  ])
})

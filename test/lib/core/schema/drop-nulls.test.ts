import { expect, it } from 'vitest'
import { dropNulls } from '../../../../lib/core/schema/drop-nulls.ts'

it.each([
  [null, null],
  [{ a: null, b: { c: null, d: 0 } }, { b: { d: 0 } }],
  [
    [{ a: null }, null, ''],
    [{}, null, ''],
  ],
])('drops null members of %j', (value, expected) => {
  expect(dropNulls(value)).toEqual(expected)
})

it('keeps members with the names of built-ins as plain data', () => {
  const written = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')
  expect(Object.keys(dropNulls(written) as object)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

it('leaves alone what lies deeper than any field', () => {
  let nested: unknown = null
  for (let depth = 0; depth < 100_000; depth++) nested = { nested }
  expect(() => dropNulls(nested)).not.toThrow()
})

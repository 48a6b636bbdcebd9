import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActor } from '../../../../lib/core/audit/actor.ts'

describe('createActor', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  a\r\nb\t c ', 'a b c'],
    ['\u001b[31mroot\u0007', '\\u001b[31mroot\\u0007'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['', ''],
  ])('stores %j as %j', (name, stored) => {
    expect(createActor('push', name)).toEqual({ from: 'push', name: stored })
  })

  it('cuts a long name, and no character in two', () => {
    expect(createActor('api', '😀'.repeat(500)).name).toBe(`${'😀'.repeat(127)}…`)
    expect(createActor('api', 'a'.repeat(128)).name).toBe('a'.repeat(128))
  })

  it('holds no control character and at most 128 characters, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const stored = createActor('push', name).name
        expect([...stored].length).toBeLessThanOrEqual(128)
        expect(stored).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})

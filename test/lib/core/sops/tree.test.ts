import { describe, expect, it } from 'vitest'
import { createString, findValue } from '../../../../lib/core/sops/tree.ts'

describe('createString', () => {
  it.each(['', 'é', '\ufffd', '\ufeffa', '\0', '🎉'])('reads %j as text', (text) => {
    expect(createString(Buffer.from(text))).toEqual({ type: 'str', text })
  })

  it.each([[[255]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]]])(
    'keeps the bytes %j, which are no UTF-8',
    (bytes) => {
      expect(createString(Uint8Array.from(bytes))).toEqual({ type: 'bytes', bytes: Uint8Array.from(bytes) })
    },
  )
})

describe('findValue', () => {
  it('finds the first of two equal keys, and plain keys only', () => {
    const value = (text: string) => ({ type: 'str', text }) as const
    const items = [
      { type: 'comment', text: '__proto__' },
      { type: 'pair', key: '__proto__', value: value('a') },
      { type: 'pair', key: '__proto__', value: value('b') },
    ] as const
    expect(findValue({ type: 'map', items }, '__proto__')).toEqual(value('a'))
    expect(findValue({ type: 'map', items }, 'constructor')).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { createJsonReader } from '../../../../../../lib/core/sops/formats/json/reader.ts'

describe('a JSON reader', () => {
  it('reads token after token', () => {
    const reader = createJsonReader(' [ "a\\tb" , -1.5e+3, null]')
    reader.expect('[')
    expect(reader.readString()).toBe('a\tb')
    expect([reader.accept(']'), reader.accept(',')]).toEqual([false, true])
    expect([reader.peek(), reader.readNumber()]).toEqual(['-', '-1.5e+3'])
    reader.expect(',')
    expect([reader.peek(), reader.readWord('null', 7)]).toEqual(['n', 7])
    reader.expect(']')
    expect(reader.peek()).toBe('')
  })

  it('names the offset where it fails', () => {
    const reader = createJsonReader('  x')
    expect(() => reader.expect('{')).toThrow(
      expect.objectContaining({ code: 'SopsFileUnreadable', data: { offset: 2 } }),
    )
  })
})

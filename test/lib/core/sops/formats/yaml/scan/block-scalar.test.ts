import { describe, expect, it } from 'vitest'
import { scanBlockScalar } from '../../../../../../../lib/core/sops/formats/yaml/scan/block-scalar.ts'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'

function scan(text: string, parentIndent = -1) {
  const cursor = createCursor(text)
  let comments = 0
  const value = scanBlockScalar(cursor, parentIndent, () => {
    comments += 1
  })
  return { value, comments, rest: text.slice(cursor.index) }
}

describe('scanBlockScalar', () => {
  it.each([
    ['|\n a\n  b\n', 'a\n b\n'],
    ['|-\n a\n\n', 'a'],
    ['|+\n a\n\n', 'a\n\n'],
    ['|2\n   a\n', ' a\n'],
    ['|2-\n   a', ' a'],
    ['|-2\n   a', ' a'],
    ['|\n\n  a\n', '\na\n'],
    ['|\n', ''],
    ['|', ''],
    ['>\n a\n b\n\n c\n', 'a b\nc\n'],
    ['>\n a\n   b\n c\n', 'a\n  b\nc\n'],
    ['>-\n\n a\n', '\na'],
    ['|\n a\u2028 b\n', 'a\u2028b\n'],
  ])('reads %j', (text, value) => {
    expect(scan(text).value).toBe(value)
  })

  it('ends where a line is not deeper than its block', () => {
    expect(scan('|\n  a\n b\n', 1)).toMatchObject({ value: 'a\n', rest: 'b\n' })
    expect(scan('|1\n  a\n', 0).value).toBe(' a\n')
  })

  it('leaves the comment behind its header to the caller', () => {
    expect(scan('| # c\n a\n')).toMatchObject({ value: 'a\n', comments: 1 })
  })

  it.each(['|0\n a', '|x\n a', '|+-\n a', '|\n\ta', '|2\n\ta'])('refuses %j', (text) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})

import { describe, expect, it } from 'vitest'
import { createIniReader } from '../../../../../../lib/core/sops/formats/ini/reader.ts'
import { readValue } from '../../../../../../lib/core/sops/formats/ini/value.ts'

/** The value in the first line, and its comment. */
function read(text: string): [string, string] {
  const reader = createIniReader(text)
  return [readValue(reader, reader.next() ?? ''), reader.takeComment()]
}

describe('readValue', () => {
  it.each([
    [' a b \n', ['a b', '']],
    ['a#b', ['a', '#b']],
    ['a ; b # c', ['a', '; b # c']],
    ['"a;b"', ['"a', ';b"']],
    ['"a b"', ['a b', '']],
    ["'a'", ['a', '']],
    ['"a"b"', ['"a"b"', '']],
    ['"', ['"', '']],
    ['`a;b` c', ['a;b', '']],
    ['"""a"b"""', ['a"b', '']],
    ['"""a\nb""" # c\n', ['a\nb', '# c']],
    ['"""a\nb""" \\\nc"""', ['a\nb""" \\\nc', '']],
    ['a\\\n b \\\n  c\n', ['ab c', '']],
    ['a\\\n\nb', ['a', '']],
    ['\n', ['', '']],
  ])('reads %j', (text, value) => {
    expect(read(text)).toEqual(value)
  })

  it.each(['`a', '"""a\n', '"""\n'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})

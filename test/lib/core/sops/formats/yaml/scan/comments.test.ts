import { describe, expect, it } from 'vitest'
import {
  scanComments,
  scanLineComment,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/comments.ts'
import {
  createCursor,
  markOf,
  take,
  takeBreak,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import { createToken } from '../../../../../../../lib/core/sops/formats/yaml/scan/token.ts'

describe('scanLineComment', () => {
  it('takes a comment on the line, and none from the next', () => {
    const cursor = createCursor('a \t# c\n# d')
    take(cursor, 1)
    expect(scanLineComment(cursor, 0)).toMatchObject({ kind: 'line', text: '# c', tokenIndex: 0 })
    takeBreak(cursor)
    expect(scanLineComment(cursor, 0)).toBeNull()
  })

  it('looks no further than go-yaml does', () => {
    expect(scanLineComment(createCursor(`${' '.repeat(511)}#`), 0)).not.toBeNull()
    expect(scanLineComment(createCursor(`${' '.repeat(512)}#`), 0)).toBeNull()
  })
})

/** Comments of a text whose first line is a token at column 0. */
function scan(text: string, indent = 0, isFlow = false) {
  const cursor = createCursor(text)
  const tokens = [createToken('scalar', markOf(cursor))]
  take(cursor, text.indexOf('\n'))
  const scanStart = { ...markOf(cursor), line: 1 }
  while (takeBreak(cursor) !== '') {}
  return scanComments(cursor, { tokens, indent, isFlow }, scanStart).map(({ kind, text: found }) => [
    kind,
    found,
  ])
}

describe('scanComments', () => {
  it.each([
    ['a\n# h\nb', [['head', '# h']]],
    ['a\n# f\n\nb', [['foot', '# f']]],
    ['a\n\n# h\nb', [['head', '# h']]],
    [
      'a\n# f\n\n# h\nb',
      [
        ['foot', '# f'],
        ['head', '# h'],
      ],
    ],
    ['a\n# h1\n# h2\nb', [['head', '# h1\n# h2']]],
    ['a\n# f', [['foot', '# f']]],
  ])('attributes those of %j', (text, comments) => {
    expect(scan(text)).toEqual(comments)
  })

  it('takes what stands left of the block for the foot of what is before', () => {
    expect(scan('a\n# f\n  # h\n  b', 2)).toEqual([['head', '# f\n# h']])
    expect(scan('a\n  # f\n# g\nb', 2)).toEqual([
      ['foot', '# f'],
      ['head', '# g'],
    ])
  })

  it('takes the last comment before a closing bracket for a foot', () => {
    expect(scan('a\n# f\n]', 0, true)).toEqual([['foot', '# f']])
  })
})

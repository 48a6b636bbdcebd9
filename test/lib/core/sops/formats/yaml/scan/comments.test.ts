import { describe, expect, it } from 'vitest'
import {
  scanComments,
  scanLineComment,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/comments.ts'
import { placeOf, type Scanner, takeBreak } from '../../../../../../../lib/core/yaml/scan/scanner.ts'
import { createToken } from '../../../../../../../lib/core/yaml/scan/token.ts'
import { createTestScanner } from '../../../../../../fakes/yaml-scanner.ts'

describe('scanLineComment', () => {
  it('takes a comment on the line, and none from the next', () => {
    const scanner = Object.assign(createTestScanner('a \t# c\n# d'), { index: 1 })
    expect(scanLineComment(scanner, 0)).toMatchObject({ kind: 'line', text: '# c', tokenIndex: 0 })
    takeBreak(scanner)
    expect(scanLineComment(scanner, 0)).toBeNull()
  })

  it('looks no further than go-yaml does', () => {
    expect(scanLineComment(createTestScanner(`${' '.repeat(511)}#`), 0)).not.toBeNull()
    expect(scanLineComment(createTestScanner(`${' '.repeat(512)}#`), 0)).toBeNull()
  })
})

/** Comments of a text whose first line is a token at column 0. */
function scan(text: string, state: Partial<Scanner> = {}) {
  const scanner = Object.assign(createTestScanner(text), { indent: 0, ...state })
  scanner.tokens.push(createToken('plain', scanner))
  scanner.index = text.search(/[\r\n]/)
  const gapStart = { ...placeOf(scanner), line: 1 }
  for (;;) {
    scanner.index += /^ */.exec(text.slice(scanner.index))?.[0].length ?? 0
    if (takeBreak(scanner) === '') break
  }
  return scanComments(scanner, gapStart).map(({ kind, text: found }) => [kind, found])
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
    ['a\r\n# f\r\n\r\nb', [['foot', '# f']]],
    ['a\n  \n# h\nb', [['head', '# h']]],
  ])('attributes those of %j', (text, comments) => {
    expect(scan(text)).toEqual(comments)
  })

  it('takes what stands left of the block for the foot of what is before', () => {
    expect(scan('a\n# f\n  # h\n  b', { indent: 2 })).toEqual([['head', '# f\n# h']])
    expect(scan('a\n  # f\n# g\nb', { indent: 2 })).toEqual([
      ['foot', '# f'],
      ['head', '# g'],
    ])
  })

  it('takes the last comment before a closing bracket for a foot', () => {
    expect(scan('a\n# f\n]', { flowLevel: 1 })).toEqual([['foot', '# f']])
  })
})

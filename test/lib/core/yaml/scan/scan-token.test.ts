import { describe, expect, it } from 'vitest'
import type { CommentCollector } from '../../../../../lib/core/yaml/scan/comment-collector.ts'
import { scanToken } from '../../../../../lib/core/yaml/scan/scan-token.ts'
import { type Scanner, takeLine } from '../../../../../lib/core/yaml/scan/scanner.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { createTestScanner } from '../../../../fakes/yaml-scanner.ts'

function scanAll(scanner: Scanner): Scanner {
  while (scanner.tokens.at(-1)?.type !== 'stream-end') scanToken(scanner)
  return scanner
}

/** Types and texts of all tokens between start and end of the stream. */
function scan(text: string): string {
  return scanAll(createTestScanner(text))
    .tokens.slice(1, -1)
    .map(({ type, value, suffix }) => [type, value, suffix].filter((part) => part !== '').join(' '))
    .join(', ')
}

describe('scanToken', () => {
  it.each([
    ['', ''],
    ['# a', ''],
    ['a # c', 'plain a'],
    ['a: b', 'block-mapping-start, key, plain a, value, plain b, block-end'],
    ['- a', 'block-sequence-start, block-entry, plain a, block-end'],
    ['-a', 'plain -a'],
    ['a:b', 'plain a:b'],
    ['? a\n: b', 'block-mapping-start, key, plain a, value, plain b, block-end'],
    ['[a, b]', 'flow-sequence-start, plain a, flow-entry, plain b, flow-sequence-end'],
    ['{a: b}', 'flow-mapping-start, key, plain a, value, plain b, flow-mapping-end'],
    [
      '[a]: b',
      'block-mapping-start, key, flow-sequence-start, plain a, flow-sequence-end, value, plain b, block-end',
    ],
    ['&a !!b *c', 'anchor a, tag !! b, alias c'],
    ['"a"', 'double a'],
    ["'a'", 'single a'],
    ['|\n a', 'literal a'],
    ['>\n a', 'folded a'],
    [
      '%YAML 1.1 # c\n%TAG ! x\n---\n...',
      'version-directive 1.1, tag-directive ! x, document-start, document-end',
    ],
    [
      'a:\n- b\nc:',
      'block-mapping-start, key, plain a, value, block-entry, plain b, key, plain c, value, block-end',
    ],
    [
      'a:\n  - b\nc:',
      'block-mapping-start, key, plain a, value, block-sequence-start, block-entry, plain b, block-end, key, plain c, value, block-end',
    ],
  ])('scans %j', (text, tokens) => {
    expect(scan(text)).toBe(tokens)
  })

  it('says where tokens start', () => {
    const places = scanAll(createTestScanner('a:\n\n  "b\n   c"\nd: |\n  e\n')).tokens.map(
      ({ type, index, line }) => `${type} ${index} ${line}`,
    )
    expect(places.slice(5)).toEqual([
      'double 6 2',
      'key 15 4',
      'plain 15 4',
      'value 16 4',
      'literal 18 4',
      'block-end 24 6',
      'stream-end 24 6',
    ])
  })

  it.each(['@', '`', '%', '\ta: b', 'a: b: c', 'a: - b', '%X\n', '[|]', 'x: 1\n\ty: 2'])(
    'refuses %j',
    (text) => {
      expect(codeOf(() => scan(`a: 1\n---\n${text}`))).toBe('ManifestInvalid')
    },
  )

  it('names the line of a key without a colon', () => {
    expect(catchError(() => scan('a: 1\nb\nc: d'))?.data).toEqual({ reason: 'key without a colon', line: 1 })
  })

  it('tells the collector of each gap, comment and token, but not of what is behind a dash', () => {
    const calls: string[] = []
    const note = (name: string) => (scanner: Scanner) => void calls.push(`${name} ${scanner.index}`)
    const comments: CommentCollector = {
      enterGap: note('enter'),
      leaveGap: note('leave'),
      takeLines: (scanner) => void calls.push(`lines ${takeLine(scanner)}`),
      ownerIndex: ({ index }) => index,
      takeInline: (_, ownerIndex) => void calls.push(`inline ${ownerIndex}`),
      findBlockEnd: ({ index, line }) => ({ index, line }),
    }
    scanAll(createTestScanner('# c\n- a', { comments }))
    expect(calls).toEqual([
      'enter 0',
      'lines # c',
      'leave 4',
      'enter 5',
      'leave 6',
      'inline 6',
      'enter 7',
      'leave 7',
      'enter 7',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import {
  scanBlock,
  scanName,
  scanPlain,
  scanQuoted,
  scanTagToken,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/node-tokens.ts'
import { createScanner, type Scanner } from '../../../../../../../lib/core/sops/formats/yaml/scan/scanner.ts'

function scan(text: string, take: (scanner: Scanner) => void) {
  const scanner = { ...createScanner(text), indent: 0 }
  take(scanner)
  return { scanner, token: scanner.tokens.at(-1) }
}

describe('tokens of a node', () => {
  it.each([
    ['&a', (scanner: Scanner) => scanName(scanner, 'anchor'), { type: 'anchor', value: 'a' }],
    ['*a', (scanner: Scanner) => scanName(scanner, 'alias'), { type: 'alias', value: 'a' }],
    ['!!a', scanTagToken, { type: 'tag', value: '!!', suffix: 'a' }],
    ['"a"', (scanner: Scanner) => scanQuoted(scanner, 'double'), { value: 'a', isPlain: false }],
    ["'a'", (scanner: Scanner) => scanQuoted(scanner, 'single'), { value: 'a', isPlain: false }],
    ['a', scanPlain, { value: 'a', isPlain: true }],
  ] as const)('%s may be a key, which no other key may follow', (text, take, expected) => {
    const { scanner, token } = scan(text, take)
    expect(token).toMatchObject(expected)
    expect([scanner.keys.isOpen(1, scanner.cursor), scanner.mayStartKey]).toEqual([true, false])
  })

  it('lets a key start below a plain scalar of several lines, and below a block scalar', () => {
    expect(scan('a\n\nb', scanPlain).scanner.mayStartKey).toBe(true)
    const { scanner, token } = scan('| # c\n a\n', scanBlock)
    expect([scanner.mayStartKey, token?.value]).toEqual([true, 'a\n'])
    expect(scanner.comments).toMatchObject([{ kind: 'line', text: '# c' }])
  })

  it('refuses a block scalar in a flow collection', () => {
    expect(() => scanBlock({ ...createScanner('|'), flowLevel: 1 })).toThrow(
      expect.objectContaining({ code: 'SopsFileUnreadable' }),
    )
  })
})

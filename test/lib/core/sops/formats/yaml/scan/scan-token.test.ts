import { describe, expect, it } from 'vitest'
import { scanToken } from '../../../../../../../lib/core/sops/formats/yaml/scan/scan-token.ts'
import { createScanner } from '../../../../../../../lib/core/sops/formats/yaml/scan/scanner.ts'

/** Types and texts of all tokens between start and end of the stream. */
function scan(text: string): string {
  const scanner = createScanner(text)
  while (scanner.tokens.at(-1)?.type !== 'stream-end') scanToken(scanner)
  const tokens = scanner.tokens.slice(1, -1)
  return tokens
    .map(({ type, value, suffix }) => [type, value, suffix].filter((part) => part !== '').join(' '))
    .join(', ')
}

describe('scanToken', () => {
  it.each([
    ['', ''],
    ['# a', ''],
    ['a', 'scalar a'],
    ['a: b', 'block-mapping-start, key, scalar a, value, scalar b, block-end'],
    ['- a', 'block-sequence-start, block-entry, scalar a, block-end'],
    ['-a', 'scalar -a'],
    ['? a\n: b', 'block-mapping-start, key, scalar a, value, scalar b, block-end'],
    ['[a, b]', 'flow-sequence-start, scalar a, flow-entry, scalar b, flow-sequence-end'],
    ['{a: b}', 'flow-mapping-start, key, scalar a, value, scalar b, flow-mapping-end'],
    [
      '[a]: b',
      'block-mapping-start, key, flow-sequence-start, scalar a, flow-sequence-end, value, scalar b, block-end',
    ],
    ['&a !!b *c', 'anchor a, tag !! b, alias c'],
    ['"a"', 'scalar a'],
    ["'a'", 'scalar a'],
    ['|\n a', 'scalar a'],
    [
      '%YAML 1.1 # c\n%TAG ! x\n---\n...',
      'version-directive 1.1, tag-directive ! x, document-start, document-end',
    ],
    [
      'a:\n- b\nc:',
      'block-mapping-start, key, scalar a, value, block-entry, scalar b, key, scalar c, value, block-end',
    ],
    [
      'a:\n  - b\nc:',
      'block-mapping-start, key, scalar a, value, block-sequence-start, block-entry, scalar b, block-end, key, scalar c, value, block-end',
    ],
  ])('scans %j', (text, tokens) => {
    expect(scan(text)).toBe(tokens)
  })

  it.each(['@', '`', '%', '\ta: b', 'a: b: c', 'a: - b', '%X\n', '[|]'])('refuses %j', (text) => {
    expect(() => scan(`a: 1\n---\n${text}`)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})

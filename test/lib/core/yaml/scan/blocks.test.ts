import { describe, expect, it } from 'vitest'
import {
  assertDepth,
  closeBlocks,
  insertToken,
  openBlock,
  openBlockAt,
} from '../../../../../lib/core/yaml/scan/blocks.ts'
import type { Scanner } from '../../../../../lib/core/yaml/scan/scanner.ts'
import { createToken } from '../../../../../lib/core/yaml/scan/token.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { createTestScanner } from '../../../../fakes/yaml-scanner.ts'

const typesOf = ({ tokens }: Scanner) => tokens.slice(1).map(({ type }) => type)

describe('blocks', () => {
  it('open where they are deeper, and close where they are not', () => {
    const scanner = createTestScanner('    ')
    openBlock(scanner, 'block-mapping-start')
    scanner.index = 2
    openBlock(scanner, 'block-sequence-start')
    openBlock(scanner, 'block-mapping-start')
    expect([scanner.indent, scanner.indents]).toEqual([2, [-1, 0]])
    closeBlocks(scanner, 0)
    expect(typesOf(scanner)).toEqual(['block-mapping-start', 'block-sequence-start', 'block-end'])
    expect(scanner.tokens.at(-1)).toMatchObject({ index: 2, line: 0 })
    expect(scanner.indent).toBe(0)
  })

  it('open only where a key may start', () => {
    const scanner = Object.assign(createTestScanner('-'), { mayStartKey: false })
    expect(codeOf(() => openBlock(scanner, 'block-sequence-start'))).toBe('ManifestInvalid')
  })

  it('open before a key that was scanned', () => {
    const scanner = createTestScanner('  a:')
    scanner.tokens.push(createToken('plain', { index: 2, line: 0 }))
    openBlockAt(scanner, 'block-mapping-start', { index: 2, line: 0, tokenNumber: 1 })
    expect(typesOf(scanner)).toEqual(['block-mapping-start', 'plain'])
    expect(scanner.indent).toBe(2)
  })

  it('are none in flow collections', () => {
    const scanner = Object.assign(createTestScanner(''), { flowLevel: 1, indent: 4 })
    openBlock(scanner, 'block-mapping-start')
    closeBlocks(scanner, -1)
    expect(typesOf(scanner)).toEqual([])
  })

  it('end where the collector of comments says', () => {
    const findBlockEnd = ({ indent }: Scanner) => ({ index: indent, line: 7 })
    const scanner = createTestScanner('')
    const collecting = { ...scanner, comments: { findBlockEnd } as unknown as Scanner['comments'], indent: 3 }
    closeBlocks(collecting, -1)
    expect(collecting.tokens.at(-1)).toMatchObject({ type: 'block-end', index: 3, line: 7 })
  })

  it('nest as deep as the options say, flow collections included', () => {
    const scanner = Object.assign(createTestScanner('', { maxDepth: 2 }), { indents: [-1] })
    scanner.flowLevel = 1
    expect(codeOf(() => assertDepth(scanner))).toBeNull()
    scanner.flowLevel = 2
    expect(catchError(() => assertDepth(scanner))?.data).toEqual({ reason: 'nested too deeply', line: 0 })
  })
})

it('inserts a token and moves those behind it', () => {
  const scanner = createTestScanner('')
  const place = { index: 0, line: 0 }
  for (const type of ['alias', 'value', 'anchor'] as const) scanner.tokens.push(createToken(type, place))
  insertToken(scanner, 2, createToken('key', place))
  insertToken(scanner, 5, createToken('tag', place))
  expect(typesOf(scanner)).toEqual(['alias', 'key', 'value', 'anchor', 'tag'])
})

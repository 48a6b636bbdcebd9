import { describe, expect, it } from 'vitest'
import {
  closeBlocks,
  createScanner,
  maxDepth,
  openBlock,
  saveKey,
  takeLineComment,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/scanner.ts'
import { createToken } from '../../../../../../../lib/core/sops/formats/yaml/scan/token.ts'

const start = (column: number) => ({ index: 9, line: 2, column })
const typesOf = (scanner: ReturnType<typeof createScanner>) => scanner.tokens.map(({ type }) => type)

describe('a scanner', () => {
  it('opens blocks that are deeper, and closes those that are not', () => {
    const scanner = createScanner('')
    openBlock(scanner, 'block-mapping-start', { start: start(0), tokenNumber: 1 })
    openBlock(scanner, 'block-sequence-start', { start: start(2), tokenNumber: 2 })
    openBlock(scanner, 'block-mapping-start', { start: start(2), tokenNumber: 3 })
    closeBlocks(scanner, 0, start(0))
    expect(typesOf(scanner)).toEqual([
      'stream-start',
      'block-mapping-start',
      'block-sequence-start',
      'block-end',
    ])
    expect(scanner.indent).toBe(0)
  })

  it('leaves blocks alone in flow collections', () => {
    const scanner = { ...createScanner(''), flowLevel: 1 }
    openBlock(scanner, 'block-mapping-start', { start: start(0), tokenNumber: 1 })
    closeBlocks(scanner, -1, start(0))
    expect(typesOf(scanner)).toEqual(['stream-start'])
  })

  it('ends a block above the comments at its column', () => {
    const scanner = createScanner('')
    openBlock(scanner, 'block-mapping-start', { start: start(2), tokenNumber: 1 })
    const comment = {
      kind: 'foot',
      text: '# f',
      tokenIndex: 9,
      start: { index: 12, line: 3, column: 3 },
    } as const
    scanner.comments.push({ ...comment, scanIndex: 10, endIndex: 16 })
    closeBlocks(scanner, 0, { index: 10, line: 2, column: 4 })
    expect(scanner.tokens.at(-1)?.start.index).toBe(12)
  })

  it('opens no more blocks than the stack can bear', () => {
    const scanner = createScanner('')
    const open = () => {
      for (let depth = 0; depth <= maxDepth; depth += 1) {
        openBlock(scanner, 'block-mapping-start', { start: start(depth), tokenNumber: scanner.tokens.length })
      }
    }
    expect(open).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })

  it('remembers keys where one may start, and requires them at the column of the block', () => {
    const scanner = createScanner('a')
    scanner.indent = 0
    saveKey(scanner)
    expect(() => scanner.keys.remove()).toThrow()
    const later = { ...createScanner('a'), mayStartKey: false }
    saveKey(later)
    expect(later.keys.isOpen(1, later.cursor)).toBe(false)
  })

  it('takes line comments, but for those behind a dash', () => {
    const scanner = createScanner(' # c')
    scanner.tokens.push(createToken('block-entry', start(0)))
    takeLineComment(scanner, 0)
    expect(scanner.comments).toEqual([])
    scanner.tokens.push(createToken('scalar', start(0)))
    takeLineComment(scanner, 0)
    expect(scanner.comments).toMatchObject([{ kind: 'line', text: '# c' }])
  })
})

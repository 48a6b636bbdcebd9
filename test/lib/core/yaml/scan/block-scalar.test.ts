import { describe, expect, it } from 'vitest'
import { scanBlockScalar } from '../../../../../lib/core/yaml/scan/block-scalar.ts'
import type { Scanner } from '../../../../../lib/core/yaml/scan/scanner.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createTestScanner, scanText } from '../../../../fakes/yaml-scanner.ts'

const scan = (text: string, indent = -1) => scanText(text, scanBlockScalar, { indent })

describe('scanBlockScalar', () => {
  it.each([
    ['|\n a\n  b\n', 'a\n b\n'],
    ['|-\n a\n\n', 'a'],
    ['|+\n a\n\n', 'a\n\n'],
    ['|\n a', 'a'],
    ['|2\n   a\n', ' a\n'],
    ['|2-\n   a', ' a'],
    ['|-2\n   a', ' a'],
    ['|\n\n  a\n', '\na\n'],
    ['|\n', ''],
    ['|', ''],
    ['>\n a\n b\n\n c\n', 'a b\nc\n'],
    ['>\n a\n   b\n c\n', 'a\n  b\nc\n'],
    ['>-\n\n a\n', '\na'],
    ['| # comment\n a\n', 'a\n'],
    ['|\n a\u2028 b\n', 'a\u2028b\n'],
  ])('reads %j', (text, value) => {
    expect(scan(text).result).toBe(value)
  })

  it('ends where a line is not deeper than its block', () => {
    expect(scan('|\n  a\n b\n', 1)).toMatchObject({ result: 'a\n', rest: 'b\n' })
    expect(scan('|1\n  a\n', 0).result).toBe(' a\n')
  })

  it('hands the comment behind its header to the collector, as that of the scalar', () => {
    const taken: unknown[] = []
    const takeInline = (scanner: Scanner, ownerIndex: number) => void taken.push([scanner.index, ownerIndex])
    const comments = { takeInline } as unknown as NonNullable<Scanner['comments']>
    expect(scanBlockScalar(createTestScanner('| # c\n a\n', { comments }))).toBe('a\n')
    expect(taken).toEqual([[2, 0]])
  })

  it.each(['|0\n a', '|x\n a', '|+-\n a', '|12\n a', '|\n\ta', '|2\n\ta'])('refuses %j', (text) => {
    expect(codeOf(() => scan(text))).toBe('ManifestInvalid')
  })
})

import { describe, expect, it } from 'vitest'
import {
  codeAt,
  columnOf,
  failHere,
  placeOf,
  pushToken,
  takeBlanks,
  takeBreak,
  takeLine,
  takeMatch,
} from '../../../../../lib/core/yaml/scan/scanner.ts'
import { createTestScanner } from '../../../../fakes/yaml-scanner.ts'

describe('a scanner', () => {
  it('counts lines and columns over breaks of every kind', () => {
    const scanner = createTestScanner('ab\r\nc\rd\ne\u0085f\u2028g')
    const breaks: string[] = []
    const lines: string[] = []
    for (;;) {
      lines.push(takeLine(scanner))
      const taken = takeBreak(scanner)
      if (taken === '') break
      breaks.push(taken)
    }
    expect(lines).toEqual(['ab', 'c', 'd', 'e', 'f', 'g'])
    expect(breaks).toEqual(['\n', '\n', '\n', '\n', '\u2028'])
    expect(placeOf(scanner)).toEqual({ index: 13, line: 5 })
    expect(columnOf(scanner)).toBe(1)
  })

  it('sees a NUL at the end', () => {
    const scanner = createTestScanner('a')
    expect([codeAt(scanner), codeAt(scanner, 1)]).toEqual([0x61, 0])
    expect([takeLine(scanner), takeLine(scanner), takeBreak(scanner)]).toEqual(['a', '', ''])
  })

  it('takes what an expression matches here, and nothing from further on', () => {
    const scanner = createTestScanner('a \tb')
    expect(takeMatch(scanner, /b/y)).toBe('')
    expect(takeMatch(scanner, /a/y)).toBe('a')
    expect(takeBlanks(scanner)).toBe(' \t')
    expect(scanner.index).toBe(3)
  })

  it('starts with the token of the stream and adds others where it is', () => {
    const scanner = createTestScanner('\na')
    takeBreak(scanner)
    pushToken(scanner, 'value')
    expect(scanner.tokens).toMatchObject([
      { type: 'stream-start', index: 0 },
      { type: 'value', index: 1, line: 1 },
    ])
  })

  it('fails with its line, from 0', () => {
    const scanner = createTestScanner('\n')
    takeBreak(scanner)
    expect(failHere(scanner, 'reason').data).toEqual({ reason: 'reason', line: 1 })
  })
})

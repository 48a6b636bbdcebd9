import { describe, expect, it } from 'vitest'
import {
  codeAt,
  columnOf,
  createCursor,
  failAtLine,
  markOf,
  skipBlanks,
  skipSpaces,
  take,
  takeBreak,
  takeLine,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'

describe('a cursor', () => {
  it('counts lines and columns over breaks of every kind', () => {
    const cursor = createCursor('ab\r\nc\rd\ne\u0085f\u2028g')
    const breaks: string[] = []
    const lines: string[] = []
    for (;;) {
      lines.push(takeLine(cursor))
      const taken = takeBreak(cursor)
      if (taken === '') break
      breaks.push(taken)
    }
    expect(lines).toEqual(['ab', 'c', 'd', 'e', 'f', 'g'])
    expect(breaks).toEqual(['\n', '\n', '\n', '\n', '\u2028'])
    expect(markOf(cursor)).toEqual({ index: 13, line: 5, column: 1 })
  })

  it('counts breaks since the last character that is no blank', () => {
    const cursor = createCursor('a\n \n b')
    take(cursor, 1)
    takeBreak(cursor)
    skipBlanks(cursor)
    takeBreak(cursor)
    skipSpaces(cursor)
    expect([cursor.breaks, columnOf(cursor)]).toEqual([2, 1])
    expect(take(cursor, 1)).toBe('b')
    expect(cursor.breaks).toBe(0)
  })

  it('sees the end code from the end on', () => {
    const cursor = createCursor('a')
    expect([codeAt(cursor), codeAt(cursor, 1), codeAt(cursor, 9)]).toEqual([0x61, 0, 0])
    expect([takeLine(cursor), takeLine(cursor)]).toEqual(['a', ''])
  })

  it('stops at tabs where only spaces are meant', () => {
    const cursor = createCursor('  \t a')
    skipSpaces(cursor)
    expect(columnOf(cursor)).toBe(2)
    skipBlanks(cursor)
    expect(columnOf(cursor)).toBe(4)
  })

  it('names lines from 1', () => {
    expect(failAtLine(0)).toMatchObject({ code: 'SopsFileUnreadable', data: { line: 1 } })
  })
})

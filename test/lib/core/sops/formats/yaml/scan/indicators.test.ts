import { describe, expect, it } from 'vitest'
import {
  scanBlockEntry,
  scanFlowEnd,
  scanFlowEntry,
  scanFlowStart,
  scanKey,
  scanValue,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/indicators.ts'
import { createScanner, saveKey } from '../../../../../../../lib/core/sops/formats/yaml/scan/scanner.ts'

const typesOf = (scanner: ReturnType<typeof createScanner>) => scanner.tokens.slice(1).map(({ type }) => type)
const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('indicators', () => {
  it('open and close flow collections, in which keys may start', () => {
    const scanner = createScanner('[,]')
    scanFlowStart(scanner, 'flow-sequence-start')
    expect([scanner.flowLevel, scanner.mayStartKey]).toEqual([1, true])
    scanFlowEntry(scanner)
    scanFlowEnd(scanner, 'flow-sequence-end')
    expect([scanner.flowLevel, scanner.mayStartKey]).toEqual([0, false])
    expect(typesOf(scanner)).toEqual(['flow-sequence-start', 'flow-entry', 'flow-sequence-end'])
  })

  it.each([
    [scanBlockEntry, ['block-sequence-start', 'block-entry']],
    [scanKey, ['block-mapping-start', 'key']],
    [scanValue, ['block-mapping-start', 'value']],
  ])('open a block where a key may start, and nothing elsewhere', (scan, types) => {
    const scanner = createScanner('-')
    scan(scanner)
    expect(typesOf(scanner)).toEqual(types)
    expect(() => scan({ ...createScanner('-'), mayStartKey: false })).toThrow(unreadable)
  })

  it('make a key of what was scanned before a colon', () => {
    const scanner = createScanner('a:')
    saveKey(scanner)
    scanner.cursor.index = 1
    scanValue(scanner)
    expect(typesOf(scanner)).toEqual(['block-mapping-start', 'key', 'value'])
    expect(scanner.mayStartKey).toBe(false)
  })

  it('refuse to nest deeper than the stack can bear', () => {
    const scanner = createScanner('['.repeat(2000))
    const nest = () => {
      for (let depth = 0; depth < 2000; depth += 1) scanFlowStart(scanner, 'flow-sequence-start')
    }
    expect(nest).toThrow(unreadable)
  })
})

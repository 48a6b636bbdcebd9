import { describe, expect, it } from 'vitest'
import {
  scanBlockEntry,
  scanDirectiveLine,
  scanDocumentIndicator,
  scanFlowEnd,
  scanFlowEntry,
  scanFlowStart,
  scanKey,
  scanStreamEnd,
  scanValue,
} from '../../../../../lib/core/yaml/scan/indicators.ts'
import type { Scanner } from '../../../../../lib/core/yaml/scan/scanner.ts'
import { saveKey } from '../../../../../lib/core/yaml/scan/simple-keys.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createTestScanner, scanText } from '../../../../fakes/yaml-scanner.ts'

const typesOf = ({ tokens }: Scanner) => tokens.slice(1).map(({ type }) => type)

describe('indicators', () => {
  it('open and close flow collections, in which keys may start', () => {
    const scanner = createTestScanner('[,]')
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
    expect(typesOf(scanText('-', scan).scanner)).toEqual(types)
    expect(codeOf(() => scanText('-', scan, { mayStartKey: false }))).toBe('ManifestInvalid')
  })

  it('make a key of what was scanned before a colon', () => {
    const scanner = createTestScanner('a:')
    saveKey(scanner)
    scanner.index = 1
    scanValue(scanner)
    expect(typesOf(scanner)).toEqual(['block-mapping-start', 'key', 'value'])
    expect(scanner.mayStartKey).toBe(false)
  })

  it('refuse to nest deeper than the options say', () => {
    const scanner = createTestScanner('[[[', { maxDepth: 2 })
    scanFlowStart(scanner, 'flow-sequence-start')
    scanFlowStart(scanner, 'flow-sequence-start')
    expect(codeOf(() => scanFlowStart(scanner, 'flow-sequence-start'))).toBe('ManifestInvalid')
  })
})

it.each([
  ['', scanStreamEnd, 'stream-end'],
  ['---', scanDocumentIndicator, 'document-start'],
  ['...', scanDocumentIndicator, 'document-end'],
  ['%YAML 1.1 # c\n', scanDirectiveLine, 'version-directive'],
  ['%TAG ! x\n', scanDirectiveLine, 'tag-directive'],
] as const)('closes all blocks before %j', (text, scan, type) => {
  const { scanner, rest } = scanText(text, scan, { indent: 0, indents: [-1] })
  expect(typesOf(scanner)).toEqual(['block-end', type])
  expect([scanner.indent, scanner.mayStartKey, rest]).toEqual([-1, false, ''])
})

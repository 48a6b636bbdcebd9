import { expect, it } from 'vitest'
import {
  scanDirectiveLine,
  scanDocumentIndicator,
  scanStreamEnd,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/document-tokens.ts'
import { createScanner, openBlock } from '../../../../../../../lib/core/sops/formats/yaml/scan/scanner.ts'

function createOpenScanner(text: string) {
  const scanner = createScanner(text)
  openBlock(scanner, 'block-mapping-start', { start: { index: 0, line: 0, column: 0 }, tokenNumber: 1 })
  return scanner
}

it.each([
  ['', scanStreamEnd, 'stream-end'],
  ['---', scanDocumentIndicator, 'document-start'],
  ['...', scanDocumentIndicator, 'document-end'],
  ['%YAML 1.1 # c\n', scanDirectiveLine, 'version-directive'],
  ['%TAG ! x\n', scanDirectiveLine, 'tag-directive'],
] as const)('closes all blocks before %j', (text, scan, type) => {
  const scanner = createOpenScanner(text)
  scan(scanner)
  expect(scanner.tokens.slice(-2).map((token) => token.type)).toEqual(['block-end', type])
  expect([scanner.indent, scanner.mayStartKey]).toEqual([-1, false])
})

it('refuses text behind a directive', () => {
  expect(() => scanDirectiveLine(createScanner('%YAML 1.1 x'))).toThrow(
    expect.objectContaining({ code: 'SopsFileUnreadable' }),
  )
})

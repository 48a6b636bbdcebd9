import { expect, it } from 'vitest'
import {
  columnOf,
  createScanError,
  createScanner,
  peek,
  pushToken,
  readBreak,
} from '../../../../../lib/core/kustomize/yaml/scanner.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

it.each([
  ['\r\nx', '\n'],
  ['\rx', '\n'],
  ['\u0085x', '\n'],
  ['\u2028x', '\u2028'],
  ['x', ''],
])('reads the break of %j as %j', (text, expected) => {
  const scanner = createScanner(text, source)
  expect(readBreak(scanner)).toBe(expected)
  expect([String.fromCharCode(peek(scanner)), columnOf(scanner)]).toEqual(['x', 0])
})

it('counts lines from one in errors', () => {
  const scanner = createScanner('\n', source)
  readBreak(scanner)
  pushToken(scanner, 'plain', { value: 'a', line: 0 })
  expect([scanner.tokens[0]?.line, createScanError(scanner, 'reason').data['line']]).toEqual([0, 2])
})

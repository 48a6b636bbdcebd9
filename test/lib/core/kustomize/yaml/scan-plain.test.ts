import { expect, it } from 'vitest'
import { scanPlainScalar } from '../../../../../lib/core/kustomize/yaml/scan-plain.ts'
import { createScanner } from '../../../../../lib/core/kustomize/yaml/scanner.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

function scan(text: string, flowLevel = 0): string | undefined {
  const scanner = createScanner(text, source)
  scanner.flowLevel = flowLevel
  scanPlainScalar(scanner)
  return scanner.tokens[0]?.value
}

it.each([
  ['a b  c # d', 'a b  c'],
  ['a#b', 'a#b'],
  ['a:b: c', 'a:b'],
  ['a\n\n  b\n', 'a\nb'],
  ['a\n---\n', 'a'],
  ['a,b', 'a,b'],
])('scans %j', (text, value) => {
  expect(scan(text)).toBe(value)
})

it('ends at an indicator in flow context', () => {
  expect(scan('a,b', 1)).toBe('a')
})

it('refuses a tab as indentation', () => {
  const scanner = createScanner('a\n\tb', source)
  scanner.indent = 1
  expect(codeOf(() => scanPlainScalar(scanner))).toBe('ManifestInvalid')
})

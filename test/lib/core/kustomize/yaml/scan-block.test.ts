import { expect, it } from 'vitest'
import { scanBlockScalar } from '../../../../../lib/core/kustomize/yaml/scan-block.ts'
import { createScanner } from '../../../../../lib/core/kustomize/yaml/scanner.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

function scan(text: string): string | undefined {
  const scanner = createScanner(text, source)
  scanBlockScalar(scanner, text.startsWith('|') ? 'literal' : 'folded')
  return scanner.tokens[0]?.value
}

it.each([
  ['|\n a\n  b\n', 'a\n b\n'],
  ['|-\n a\n\n', 'a'],
  ['|+\n a\n\n', 'a\n\n'],
  ['|\n a', 'a'],
  ['|2-\n   a\n', ' a'],
  ['>\n a\n b\n\n c\n', 'a b\nc\n'],
  ['>\n a\n  b\n c\n', 'a\n b\nc\n'],
  ['| # comment\n a\n', 'a\n'],
  ['|\n a\u2028 b\n', 'a\u2028b\n'],
])('scans %j', (text, value) => {
  expect(scan(text)).toBe(value)
})

it.each(['|x\n a', '|0\n a', '|\n\ta'])('refuses %j', (text) => {
  expect(codeOf(() => scan(text))).toBe('ManifestInvalid')
})

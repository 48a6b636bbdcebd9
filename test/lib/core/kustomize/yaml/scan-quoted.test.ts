import { expect, it } from 'vitest'
import { isDocumentIndicator, scanQuotedScalar } from '../../../../../lib/core/kustomize/yaml/scan-quoted.ts'
import { createScanner } from '../../../../../lib/core/kustomize/yaml/scanner.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

function scan(text: string): string | undefined {
  const scanner = createScanner(text, source)
  scanQuotedScalar(scanner, text.startsWith("'") ? 'single' : 'double')
  return scanner.tokens[0]?.value
}

it.each([
  ["'it''s'", "it's"],
  ["'a\n  b'", 'a b'],
  ["'a\n\n b'", 'a\nb'],
  ['"a\\\n  b"', 'ab'],
  ['"a \\\n  b"', 'a b'],
  ['"\\x41\\u00e9\\U0001F600\\N\\e"', 'Aé😀\u0085\u001b'],
  ['"a  b"', 'a  b'],
])('scans %j', (text, value) => {
  expect(scan(text)).toBe(value)
})

it.each(['"\\/"', '"\\ud83d"', '"\\u12"', '"a', '"a\n---\nb"'])('refuses %j', (text) => {
  expect(codeOf(() => scan(text))).toBe('ManifestInvalid')
})

it('sees a document marker at the start of a line', () => {
  expect(isDocumentIndicator(createScanner('--- a', source))).toBe(true)
  expect(isDocumentIndicator(createScanner('---a', source))).toBe(false)
})

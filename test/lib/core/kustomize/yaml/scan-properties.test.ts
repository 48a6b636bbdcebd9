import { expect, it } from 'vitest'
import {
  scanAnchor,
  scanDirective,
  scanTag,
  scanToNextToken,
} from '../../../../../lib/core/kustomize/yaml/scan-properties.ts'
import { createScanner, peek, type Scanner } from '../../../../../lib/core/kustomize/yaml/scanner.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

function scan(text: string, step: (scanner: Scanner) => void): string | undefined {
  const scanner = createScanner(text, source)
  step(scanner)
  return scanner.tokens[0]?.value
}

it.each([
  ['! x', '!'],
  ['!!str x', '!!str'],
  ['!own x', '!own'],
  ['!<tag:yaml.org,2002:int> x', '!!int'],
])('reads the tag of %j', (text, tag) => {
  expect(scan(text, scanTag)).toBe(tag)
})

it.each(['!a!b x', '!<x', '!a{', '!a%41 x', '!! x'])('refuses the tag of %j', (text) => {
  expect(codeOf(() => scan(text, scanTag))).toBe('ManifestInvalid')
})

it('reads the name of an anchor', () => {
  expect(scan('&a-1 x', (scanner) => scanAnchor(scanner, 'anchor'))).toBe('a-1')
  expect(codeOf(() => scan('*é', (scanner) => scanAnchor(scanner, 'alias')))).toBe('ManifestInvalid')
})

it('steps over a directive, comments and blank lines', () => {
  const scanner = createScanner('%YAML 1.1\n  # c\n\n x', source)
  scanDirective(scanner)
  scanToNextToken(scanner)
  expect([scanner.tokens[0]?.kind, String.fromCharCode(peek(scanner)), scanner.line]).toEqual([
    'directive',
    'x',
    3,
  ])
})

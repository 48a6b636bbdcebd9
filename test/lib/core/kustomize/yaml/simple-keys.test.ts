import { expect, it } from 'vitest'
import { createScanner } from '../../../../../lib/core/kustomize/yaml/scanner.ts'
import {
  isStillPossible,
  removeSimpleKey,
  saveSimpleKey,
} from '../../../../../lib/core/kustomize/yaml/simple-keys.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

it('lets a key stand for one line and 1024 characters', () => {
  const scanner = createScanner('a', source)
  const key = { required: false, tokenIndex: 0, position: 0, line: 0, column: 0 }
  scanner.position = 1_024
  expect(isStillPossible(scanner, key)).toBe(true)
  scanner.position = 1_025
  expect(isStillPossible(scanner, key)).toBe(false)
  scanner.line = 1
  expect(codeOf(() => isStillPossible(scanner, { ...key, required: true }))).toBe('ManifestInvalid')
})

it('refuses to forget a key that has to be one', () => {
  const scanner = createScanner('a', source)
  saveSimpleKey(scanner)
  removeSimpleKey(scanner)
  scanner.indent = 0
  saveSimpleKey(scanner)
  expect(codeOf(() => removeSimpleKey(scanner))).toBe('ManifestInvalid')
})

import { describe, expect, it } from 'vitest'
import { acceptKey, isOpenKey, removeKey, saveKey } from '../../../../../lib/core/yaml/scan/simple-keys.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createTestScanner } from '../../../../fakes/yaml-scanner.ts'

/** A scanner with a key at its start, moved on by some characters or lines. */
function createWithKey(moved: { index?: number; line?: number } = {}, isRequired = false) {
  const scanner = createTestScanner('a')
  if (isRequired) scanner.indent = 0
  saveKey(scanner)
  return Object.assign(scanner, moved)
}

describe('simple keys', () => {
  it('are accepted once, on their line and within reach', () => {
    const scanner = createWithKey({ index: 1024 })
    expect([acceptKey(scanner)?.tokenNumber, acceptKey(scanner)]).toEqual([1, undefined])
    expect(acceptKey(createWithKey({ index: 1025 }))).toBeUndefined()
    expect(acceptKey(createWithKey({ line: 1 }))).toBeUndefined()
  })

  it('are open until they are out of reach', () => {
    const scanner = createWithKey({ index: 9 })
    expect([isOpenKey(scanner, 1), isOpenKey(scanner, 0), isOpenKey(scanner, 2)]).toEqual([
      true,
      false,
      false,
    ])
    expect(isOpenKey(createWithKey({ index: 2000 }), 1)).toBe(false)
  })

  it('are errors where they are required and given up', () => {
    expect(codeOf(() => removeKey(createWithKey()))).toBeNull()
    expect(codeOf(() => removeKey(createWithKey({}, true)))).toBe('ManifestInvalid')
    expect(codeOf(() => saveKey(createWithKey({}, true)))).toBe('ManifestInvalid')
    expect(codeOf(() => isOpenKey(createWithKey({ line: 1 }, true), 1))).toBe('ManifestInvalid')
    expect(codeOf(() => acceptKey(createWithKey({ line: 1 }, true)))).toBe('ManifestInvalid')
  })

  it('start only where they may', () => {
    const scanner = Object.assign(createTestScanner('a'), { mayStartKey: false })
    saveKey(scanner)
    expect(scanner.keys).toEqual([])
  })

  it('are kept apart for each flow collection', () => {
    const scanner = createWithKey()
    scanner.flowLevel = 1
    expect(acceptKey(scanner)).toBeUndefined()
    saveKey(scanner)
    expect(isOpenKey(scanner, 1)).toBe(true)
    removeKey(scanner)
    scanner.flowLevel = 0
    expect(acceptKey(scanner)?.flowLevel).toBe(0)
  })
})

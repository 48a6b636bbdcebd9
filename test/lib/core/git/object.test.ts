import { describe, expect, it } from 'vitest'
import { hashObject, isObjectId } from '../../../../lib/core/git/object.ts'

describe('hashObject', () => {
  it.each([
    ['blob', '', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
    ['tree', '', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
    ['blob', 'test content\n', 'd670460b4b4aece5915caf5c68d12f560a9fe3e4'],
  ] as const)('gives a %s of %j its id', (type, text, oid) => {
    expect(hashObject({ type, bytes: Buffer.from(text) })).toBe(oid)
  })
})

describe('isObjectId', () => {
  it.each([
    ['a'.repeat(40), true],
    ['A'.repeat(40), false],
    ['a'.repeat(39), false],
    ['a'.repeat(64), false],
    ['main', false],
  ])('%s: %s', (text, expected) => {
    expect(isObjectId(text)).toBe(expected)
  })
})

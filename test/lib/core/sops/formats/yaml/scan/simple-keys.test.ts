import { describe, expect, it } from 'vitest'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import { createSimpleKeys } from '../../../../../../../lib/core/sops/formats/yaml/scan/simple-keys.ts'

const at = (index: number, line = 0) => ({ ...createCursor(''), index, line })
const createKey = (tokenNumber: number, isRequired = false) => ({
  start: { index: 0, line: 0, column: 0 },
  tokenNumber,
  isRequired,
})
const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('simple keys', () => {
  it('are accepted once, on their line and within reach', () => {
    const keys = createSimpleKeys()
    const key = createKey(1)
    keys.save(key)
    expect([keys.accept(at(1024)), keys.accept(at(1024))]).toEqual([key, null])
    keys.save(key)
    expect(keys.accept(at(1025))).toBeNull()
    keys.save(key)
    expect(keys.accept(at(5, 1))).toBeNull()
  })

  it('are open until they are out of reach', () => {
    const keys = createSimpleKeys()
    keys.save(createKey(4))
    expect([
      keys.isOpen(4, at(9)),
      keys.isOpen(5, at(9)),
      keys.isOpen(4, at(2000)),
      keys.isOpen(4, at(9)),
    ]).toEqual([true, false, false, false])
  })

  it('are errors where they are required and given up', () => {
    const keys = createSimpleKeys()
    keys.save(createKey(1, true))
    expect(() => keys.remove()).toThrow(unreadable)
    expect(() => keys.save(createKey(2))).toThrow(unreadable)
    expect(() => keys.isOpen(1, at(0, 1))).toThrow(unreadable)
    expect(() => keys.accept(at(0, 1))).toThrow(unreadable)
  })

  it('are kept apart for each flow collection', () => {
    const keys = createSimpleKeys()
    const outer = createKey(1)
    keys.save(outer)
    keys.enterFlow()
    expect(keys.accept(at(3))).toBeNull()
    keys.save(createKey(2))
    keys.leaveFlow()
    expect(keys.isOpen(2, at(3))).toBe(false)
    keys.leaveFlow()
    expect(keys.accept(at(3))).toBe(outer)
  })
})

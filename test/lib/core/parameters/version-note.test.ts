import { describe, expect, it } from 'vitest'
import {
  formatVersionNote,
  parseVersionNote,
  readVersionId,
} from '../../../../lib/core/parameters/version-note.ts'
import { storeLimits } from '../../../../lib/core/secrets/store-limits.ts'

const note = { number: 7, versionId: 'a1'.repeat(32) }

describe('a version note', () => {
  it('reads as it was written', () => {
    expect(parseVersionNote(formatVersionNote(note))).toEqual(note)
  })

  it.each(['', 'Log level', `${formatVersionNote(note)} `, formatVersionNote(note).toUpperCase()])(
    'is nothing else: %j',
    (description) => {
      expect(parseVersionNote(description)).toBeNull()
    },
  )

  it('holds for its own version alone', () => {
    expect(readVersionId(formatVersionNote(note), 7)).toBe(note.versionId)
    expect(readVersionId(formatVersionNote(note), 8)).toBe('parameter-version-00000000000008')
    expect(readVersionId('', 1)).toHaveLength(storeLimits.versionIdLength.min)
  })
})

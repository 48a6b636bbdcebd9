import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeRepositoryPath } from '../../../../lib/core/files/repository-path.ts'

describe('normalizeRepositoryPath', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['./', ''],
    ['a/..', ''],
    ['overlays/prod', 'overlays/prod'],
    ['./overlays//prod/', 'overlays/prod'],
    ['a/../b/./c', 'b/c'],
    ['a b/ü', 'a b/ü'],
    ['..a/b..', '..a/b..'],
  ])('makes %j %j', (path, expected) => {
    expect(normalizeRepositoryPath(path)).toBe(expected)
  })

  it.each(['..', '../a', 'a/../..', 'a/../../b', '/a', '/', 'a\0b', 'a\nb', 'a\u007f', 'x'.repeat(4_097)])(
    'refuses %j',
    (path) => {
      expect(normalizeRepositoryPath(path)).toBeNull()
    },
  )

  it('gives a path that stays as it is and never leaves', () => {
    const segments = fc.array(fc.constantFrom('..', '.', '', 'a', 'b', '...'), { maxLength: 12 })
    fc.assert(
      fc.property(segments, (written) => {
        const path = normalizeRepositoryPath(written.join('/'))
        fc.pre(path !== null)
        expect(normalizeRepositoryPath(path)).toBe(path)
        expect(path.split('/')).not.toContain('..')
      }),
    )
  })
})

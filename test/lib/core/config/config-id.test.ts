import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitConfigId,
  formatConfigId,
  isWholeConfigId,
  matchConfigId,
  parseConfigId,
} from '../../../../lib/core/config/config-id.ts'

const ids = ['prod/apps/web', 'prod/apps/api', 'test/apps/web', 'prod/web/api']

describe('parseConfigId', () => {
  it('reads what formatConfigId writes', () => {
    const part = fc.stringMatching(/^[a-z0-9.-]{1,20}$/)
    fc.assert(
      fc.property(part, part, part, (source, namespace, name) => {
        const parts = { source, namespace, name }
        expect(parseConfigId(formatConfigId(parts))).toEqual(parts)
      }),
    )
  })

  it.each(['', 'web', 'apps/web', 'a/b/c/d', '/apps/web', 'prod//web', 'prod/apps/'])('refuses %j', (id) => {
    expect(() => parseConfigId(id)).toThrow(expect.objectContaining({ code: 'ConfigNotFound' }))
  })
})

describe('isWholeConfigId', () => {
  it.each([
    ['prod/apps/web', true],
    ['apps/web', false],
    ['web', false],
  ])('tells %s: %s', (text, expected) => {
    expect(isWholeConfigId(text)).toBe(expected)
  })
})

describe('matchConfigId', () => {
  it.each([
    ['prod/apps/web', 'prod/apps/web'],
    ['apps/api', 'prod/apps/api'],
    ['web/api', 'prod/web/api'],
  ])('finds the config that %s names', (text, expected) => {
    expect(matchConfigId(text, ids)).toBe(expected)
  })

  it.each(['web', 'api', 'apps/web'])('does not choose among the configs that %s may name', (text) => {
    expect(() => matchConfigId(text, ids)).toThrow(expect.objectContaining({ code: 'ConfigIdAmbiguous' }))
  })

  it.each(['', 'eb', 'apps', 'prod/apps', 'other/apps/web', '/web'])('finds nothing for %j', (text) => {
    expect(() => matchConfigId(text, ids)).toThrow(expect.objectContaining({ code: 'ConfigNotFound' }))
  })

  it('takes a listing with repeated ids', () => {
    expect(matchConfigId('web', ['prod/apps/web', 'prod/apps/web'])).toBe('prod/apps/web')
  })
})

describe('fitConfigId', () => {
  it('keeps every limit, and the id where that fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 43, max: 256 }), (id, maximumLength) => {
        const fitted = fitConfigId(id, maximumLength)
        expect(fitted.length).toBeLessThanOrEqual(maximumLength)
        if (id.length <= maximumLength) expect(fitted).toBe(id)
      }),
    )
  })
})

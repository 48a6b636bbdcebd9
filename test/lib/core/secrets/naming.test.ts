import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSecretName } from '../../../../lib/core/secrets/naming.ts'

describe('formatSecretName', () => {
  it.each([
    [{ prefix: 'svc', key: 'DB.URL', suffix: '-prod' }, 'svc-DB_URL-prod'],
    [{ key: 'a/b' }, 'a_b'],
    [{ prefix: 'p--q', key: 'k' }, 'p-q-k'],
    [{ prefix: '', key: 'k', suffix: '' }, 'k'],
    [{ prefix: 'svc', key: 'k', suffix: '---prod' }, 'svc-k-prod'],
    [{ prefix: 'svc', key: 'k', suffix: '-' }, 'svc-k'],
    [{ prefix: 'svc', key: '' }, 'svc'],
    [{ prefix: '-svc-', key: '-k-' }, 'svc-k'],
    [{ key: 'a b.c__d' }, 'a_b_c__d'],
    [{ key: 'a[0].b' }, 'a_0__b'],
    [{ key: 'é٣Ⅷ½' }, 'é٣Ⅷ½'],
    [{ key: '🔑' }, '_'],
    [{ key: '' }, ''],
  ])('makes %j %j', (parts, expected) => {
    expect(formatSecretName(parts)).toBe(expected)
  })

  const text = fc.string({ unit: 'binary', maxLength: 30 })
  const parts = fc.record({ prefix: text, key: text, suffix: text })

  it('leaves letters, digits, _ and single hyphens between them', () => {
    fc.assert(
      fc.property(parts, (written) => {
        expect(formatSecretName(written)).toMatch(/^(?:(?!-)[\p{Alphabetic}\p{N}_-]+(?<!-))?$/u)
        expect(formatSecretName(written)).not.toContain('--')
      }),
    )
  })

  it('keeps a name that is already right', () => {
    fc.assert(
      fc.property(parts, (written) => {
        const name = formatSecretName(written)
        expect(formatSecretName({ key: name })).toBe(name)
      }),
    )
  })
})

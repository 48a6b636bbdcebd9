import { describe, expect, it } from 'vitest'
import { createRuleMatcher } from '../../../../../lib/core/sops/cipher/rules.ts'

describe('createRuleMatcher', () => {
  it.each([
    ['unencrypted_suffix', { looksAt: 'keys', matchMeansEncrypted: false }],
    ['encrypted_suffix', { looksAt: 'keys', matchMeansEncrypted: true }],
    ['unencrypted_regex', { looksAt: 'keys', matchMeansEncrypted: false }],
    ['encrypted_regex', { looksAt: 'keys', matchMeansEncrypted: true }],
    ['unencrypted_comment_regex', { looksAt: 'comments', matchMeansEncrypted: false }],
    ['encrypted_comment_regex', { looksAt: 'comments', matchMeansEncrypted: true }],
  ] as const)('knows what %s means', (kind, meaning) => {
    expect(createRuleMatcher({ kind, pattern: 'x' })).toMatchObject(meaning)
  })

  it('compares the end of a key with a suffix, literally', () => {
    const { matches } = createRuleMatcher({ kind: 'encrypted_suffix', pattern: '.x' })
    expect(['a.x', '.x', 'ax', 'a.xy'].map(matches)).toEqual([true, true, false, false])
  })

  it.each([
    ['^(data|stringData)$', 'data', true],
    ['^(data|stringData)$', 'metadata', false],
    ['data', 'metadata', true],
    ['(?i)PASS', 'my_password', true],
    ['PASS', 'my_password', false],
    ['^[[:alpha:]]+$', 'abc', true],
    ['\\Aa\\z', 'a', true],
    ['\\pL', 'é', true],
    ['(?P<name>a)b', 'ab', true],
  ])('searches %s in %s as RE2 does', (pattern, text, found) => {
    expect(createRuleMatcher({ kind: 'encrypted_regex', pattern }).matches(text)).toBe(found)
  })

  it('refuses an expression that does not compile', () => {
    expect(() => createRuleMatcher({ kind: 'encrypted_regex', pattern: 'a(' })).toThrow(
      expect.objectContaining({ code: 'SopsMetadataInvalid', data: { field: 'encrypted_regex' } }),
    )
  })

  it('takes linear time for an expression that would backtrack', () => {
    const { matches } = createRuleMatcher({ kind: 'encrypted_regex', pattern: '^(a+)+$' })
    expect(matches(`${'a'.repeat(5000)}!`)).toBe(false)
  })
})

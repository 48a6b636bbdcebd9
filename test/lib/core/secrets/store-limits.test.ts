import { describe, expect, it } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import {
  assertRecoveryWindow,
  assertSecretName,
  assertStorable,
  assertTags,
} from '../../../../lib/core/secrets/store-limits.ts'

const coded = (code: string) => expect.objectContaining({ code })

describe('assertSecretName', () => {
  it.each(['a', 'A-z/0_+=.@-', 'x'.repeat(512)])('takes %s', (name) => {
    expect(() => assertSecretName(name)).not.toThrow()
  })

  it.each(['', ' ', 'a!', 'a\n', 'ä', 'a:b', 'x'.repeat(513)])('refuses %j', (name) => {
    expect(() => assertSecretName(name)).toThrow(coded('SecretNameInvalid'))
  })
})

describe('assertStorable', () => {
  const version = { name: 'a', versionId: 'a'.repeat(64), value: SecretValue.fromText('v') }

  it('takes 1 to 65,536 bytes under an id of 32 to 64 characters', () => {
    const large = SecretValue.fromBytes(new Uint8Array(65_536))
    expect(() => assertStorable({ ...version, value: large })).not.toThrow()
    expect(() => assertStorable({ ...version, versionId: 'a'.repeat(32) })).not.toThrow()
  })

  it.each([
    ['SecretEmpty', { value: SecretValue.fromText('') }],
    ['SecretTooLarge', { value: SecretValue.fromBytes(new Uint8Array(65_537)) }],
    ['SecretNameInvalid', { name: 'a b' }],
    ['InternalError', { versionId: 'a'.repeat(31) }],
    ['InternalError', { versionId: 'a'.repeat(65) }],
  ])('refuses with %s', (code, part) => {
    expect(() => assertStorable({ ...version, ...part })).toThrow(coded(code))
  })
})

describe('assertTags', () => {
  it('takes 50 tags with the characters that AWS allows', () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`k${n}`, '']))
    expect(() =>
      assertTags('a', { ...tags, ['ключ +-=._:/@'.padEnd(128, 'x')]: 'v'.repeat(256) }),
    ).not.toThrow()
  })

  it.each([
    [{ '': 'v' }],
    [{ ['k'.repeat(129)]: 'v' }],
    [{ k: 'v'.repeat(257) }],
    [{ 'k!': 'v' }],
    [{ k: 'v\n' }],
    [{ 'AWS:k': 'v' }],
    [Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '']))],
  ])('refuses other tags (%#)', (tags) => {
    expect(() => assertTags('a', tags)).toThrow(coded('SecretTagsInvalid'))
  })
})

describe('assertRecoveryWindow', () => {
  it('takes 7 to 30 whole days', () => {
    for (const days of [7, 30]) expect(() => assertRecoveryWindow(days)).not.toThrow()
    for (const days of [6, 31, 7.5, Number.NaN]) {
      expect(() => assertRecoveryWindow(days)).toThrow(coded('InternalError'))
    }
  })
})

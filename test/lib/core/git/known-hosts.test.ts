import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findKnownHost, isTrustedKey } from '../../../../lib/core/git/known-hosts.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../fixtures/ssh', name), 'utf8')
const plain = read('known_hosts')
const hashed = read('known_hosts.hashed')

const listTypes = (text: string, hostname: string, port = 22) =>
  findKnownHost(text, hostname, port).trusted.map(({ type }) => type)

describe('findKnownHost', () => {
  it.each<[string, number, string[]]>([
    ['git.test', 22, ['ssh-ed25519']],
    ['GIT.test', 22, ['ssh-ed25519']],
    ['192.0.2.7', 22, ['ssh-ed25519']],
    ['git.test', 2222, ['ecdsa-sha2-nistp256']],
    ['git.test', 2223, []],
    ['git2.test', 22, ['ecdsa-sha2-nistp256']],
    ['git22.test', 22, []],
    ['new.corp.test', 22, ['ssh-rsa']],
    ['a.b.corp.test', 22, ['ssh-rsa']],
    ['corp.test', 22, []],
    ['old.corp.test', 22, []],
    ['other.test', 22, []],
  ])('finds the keys of %s at port %i', (hostname, port, types) => {
    expect(listTypes(plain, hostname, port)).toEqual(types)
  })

  it.each<[string, number, string[]]>([
    ['git.test', 22, ['ssh-ed25519']],
    ['Git.Test', 22, ['ssh-ed25519']],
    ['192.0.2.7', 22, ['ssh-ed25519']],
    ['git.test', 2222, ['ecdsa-sha2-nistp256']],
    ['other.test', 22, []],
  ])('finds the keys of %s at port %i by its hash', (hostname, port, types) => {
    expect(listTypes(hashed, hostname, port)).toEqual(types)
  })

  it('trusts no line that cannot be read', () => {
    const text = [
      'git.test',
      'git.test ssh-ed25519',
      '# git.test ssh-ed25519 AAAA',
      '@x git.test a b',
      '',
    ].join('\n')
    expect(findKnownHost(text, 'git.test', 22)).toEqual({ trusted: [], revoked: [] })
  })

  it('takes any text, and a pattern that invites backtracking', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, hostname) => {
        expect(() => findKnownHost(text, hostname, 22)).not.toThrow()
      }),
    )
    expect(listTypes(`${'*a'.repeat(500)}b ssh-rsa AAAA`, 'a'.repeat(2_000))).toEqual([])
  })
})

describe('isTrustedKey', () => {
  const [known] = findKnownHost(plain, 'git.test', 22).trusted
  const key = Buffer.from(known?.key ?? '', 'base64')

  it('trusts the key that is known and no other', () => {
    const host = findKnownHost(plain, 'git.test', 22)
    expect(isTrustedKey(host, key)).toBe(true)
    expect(isTrustedKey(host, key.subarray(1))).toBe(false)
    expect(isTrustedKey(host, Buffer.alloc(0))).toBe(false)
  })

  it('trusts no key that is revoked, whatever else trusts it', () => {
    const host = findKnownHost(plain, 'git2.test', 22)
    expect(host.trusted).toHaveLength(1)
    expect(isTrustedKey(host, Buffer.from(host.trusted[0]?.key ?? '', 'base64'))).toBe(false)
  })
})

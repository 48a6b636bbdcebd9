import { describe, expect, it } from 'vitest'
import { findByAddress, normalizeAddress } from '../../../../../lib/adapters/keys/remote/address.ts'

describe('normalizeAddress', () => {
  it.each([
    ['https://Vault.OK.test', 'https://vault.ok.test'],
    ['https://vault.ok.test:443/', 'https://vault.ok.test'],
    ['http://vault.ok.test:8200//', 'http://vault.ok.test:8200'],
    ['https://vault.ok.test/proxy/../vault/', 'https://vault.ok.test/vault'],
  ])('spells %s as %s', (text, expected) => {
    expect(normalizeAddress(text)).toBe(expected)
  })

  it.each([
    '',
    'vault.ok.test',
    'ftp://vault.ok.test',
    'file:///etc/passwd',
    'https://user@vault.ok.test',
    'https://:password@vault.ok.test',
    'https://vault.ok.test?',
    'https://vault.ok.test/#x',
  ])('says null to %j', (text) => {
    expect(normalizeAddress(text)).toBeNull()
  })
})

describe('findByAddress', () => {
  const listed = [{ address: 'https://vault.ok.test/' }, { address: 'https://proxy.test/vault' }]

  it('finds an address however it is spelled, and spells it in one way', () => {
    expect(findByAddress(listed, 'HTTPS://vault.ok.test:443')).toEqual({ address: 'https://vault.ok.test' })
    expect(findByAddress(listed, 'https://proxy.test/vault/')).toEqual({
      address: 'https://proxy.test/vault',
    })
  })

  it.each([
    'https://vault.ok.test.evil.test',
    'https://vault.ok.evil.test',
    'https://vault.ok.test@evil.test',
    'https://vault.ok.test:8200',
    'http://vault.ok.test',
    'https://vault.ok.test/other',
    'https://proxy.test',
    'https://proxy.test/vault2',
    'https://proxy.test/vault/..',
    'https://vault.ok.test\\@evil.test',
    'not an address',
  ])('does not find %s', (address) => {
    expect(findByAddress(listed, address)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { deriveVersionId } from '../../../../../lib/core/plan/identity/version-id.ts'
import { SecretValue } from '../../../../../lib/core/secret-value.ts'

const key = new Uint8Array(32).fill(7)
const scope = { account: '1', region: 'eu-west-1', name: 'a', kind: 'string' } as const
const value = SecretValue.fromText('v')
const id = deriveVersionId(key, scope, value)

describe('deriveVersionId', () => {
  it('is 64 hex characters and always the same', () => {
    expect(id).toMatch(/^[0-9a-f]{64}$/)
    expect(deriveVersionId(key, { ...scope }, SecretValue.fromText('v'))).toBe(id)
  })

  it.each([
    ['account', { ...scope, account: '2' }],
    ['region', { ...scope, region: 'eu-west-2' }],
    ['name', { ...scope, name: 'b' }],
    ['kind', { ...scope, kind: 'binary' as const }],
    ['KMS key', { ...scope, kmsKeyId: 'k' }],
  ])('is another for another %s', (_, other) => {
    expect(deriveVersionId(key, other, value)).not.toBe(id)
  })

  it('is another for another value or key', () => {
    expect(deriveVersionId(key, scope, SecretValue.fromText('w'))).not.toBe(id)
    expect(deriveVersionId(new Uint8Array(32), scope, value)).not.toBe(id)
  })
})

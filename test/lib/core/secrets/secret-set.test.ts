import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPayload } from '../../../../lib/core/secrets/payload.ts'
import type { SecretEntry } from '../../../../lib/core/secrets/secret-entry.ts'
import { createSecretSet, type SecretSetInput } from '../../../../lib/core/secrets/secret-set.ts'

const config = {
  namespace: 'shop',
  aws: { region: 'eu-west-1', tags: { team: 'a' }, replicaRegions: [] },
  secrets: { environment: 'prod', suffix: '-prod' },
}
const place = { target: { account: '123456789012', region: 'eu-west-1' }, versionKey: new Uint8Array(32) }

function enter(key: string, value = 'x', prefix = 'web'): SecretEntry {
  const origin = { kind: 'Secret', name: 'db', key } as const
  return { prefix, object: 'db', key, origin, payload: createPayload(Buffer.from(value), origin) }
}

function create(entries: readonly SecretEntry[], more: Partial<SecretSetInput> = {}) {
  return createSecretSet({ config, entries, ...place, ...more })
}

describe('createSecretSet', () => {
  it('names, tags and versions every entry', () => {
    const [secret] = create([enter('DB.URL')]).secrets
    expect(secret).toEqual({
      name: 'web-DB_URL-prod',
      payload: expect.anything(),
      kind: 'string',
      versionId: expect.stringMatching(/^[0-9a-f]{64}$/),
      origin: { kind: 'Secret', name: 'db', key: 'DB.URL' },
      tags: { environment: 'prod', location: 'eu-west-1', team: 'a' },
    })
  })

  it('gives equal values of two secrets unequal versions', () => {
    const [one, other] = create([enter('a'), enter('b')]).secrets
    expect(one?.versionId).not.toBe(other?.versionId)
  })

  it('gives a secret under another KMS key another version', () => {
    const encrypted = { ...config, aws: { ...config.aws, kmsKeyId: 'alias/x' } }
    const [one] = create([enter('a')]).secrets
    const [other] = create([enter('a')], { config: encrypted }).secrets
    expect(one?.versionId).not.toBe(other?.versionId)
  })

  it('sorts by name, however the entries come', () => {
    const keys = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), { minLength: 1 })
    fc.assert(
      fc.property(keys, (written) => {
        const names = create(written.map((key) => enter(key))).secrets.map(({ name }) => name)
        const sorted = [...names].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
        expect(names).toEqual(sorted)
      }),
    )
  })

  it('names both origins of a collision', () => {
    const data = { name: 'web-a_b-prod', first: 'Secret db: a.b', second: 'Secret db: a/b' }
    expect(() => create([enter('a.b'), enter('c'), enter('a/b')])).toThrow(
      expect.objectContaining({ code: 'SecretNameCollision', data }),
    )
  })

  it('finds collisions of equal values too', () => {
    expect(() => create([enter('a'), enter('a')])).toThrow(
      expect.objectContaining({ code: 'SecretNameCollision' }),
    )
  })

  it.each([
    ['letters that the store does not take', 'é'],
    ['too many characters', 'k'.repeat(504)],
  ])('refuses a name with %s', (_, key) => {
    const data = expect.objectContaining({ from: `Secret db: ${key}` })
    expect(() => create([enter(key)])).toThrow(expect.objectContaining({ code: 'SecretNameInvalid', data }))
  })

  it('refuses an empty name', () => {
    const bare = { ...config, secrets: { environment: 'prod' } }
    expect(() => create([enter('-', 'x', '')], { config: bare })).toThrow(
      expect.objectContaining({ code: 'SecretNameInvalid' }),
    )
  })

  it('refuses more secrets than the limit', () => {
    const data = { count: 3, maximumCount: 2 }
    expect(() => create([enter('a'), enter('b'), enter('c')], { maximumCount: 2 })).toThrow(
      expect.objectContaining({ code: 'SecretCountExceeded', data }),
    )
  })

  it('refuses to want nothing at all', () => {
    const data = { path: '.', environment: 'prod' }
    expect(() => create([])).toThrow(expect.objectContaining({ code: 'NoSecretsFound', data }))
  })

  it('lists disabled keys by name, but not those that are wanted under the same name', () => {
    const disabled = ['b', 'a.b', 'b'].map((key) => ({ prefix: 'web', object: 'db', key }))
    const set = create([enter('a_b')], { disabled })
    expect(set.disabled).toEqual(['web-b-prod'])
    expect(create([], { disabled }).disabled).toEqual(['web-a_b-prod', 'web-b-prod'])
  })

  it('prints no value', () => {
    expect(JSON.stringify(create([enter('a', 'canary-a90')]))).not.toContain('canary')
  })
})

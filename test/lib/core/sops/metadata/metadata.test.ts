import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../../../../lib/core/sops/formats/json/parse.ts'
import { parseMetadata } from '../../../../../lib/core/sops/metadata/metadata.ts'

const parse = (value: unknown) => parseMetadata(parseJsonObject(JSON.stringify(value)))
const age = (name: string) => ({ recipient: `age1${name}`, enc: name })
const minimal = { age: [age('a')], lastmodified: '2026-01-02T03:04:05Z', mac: 'ENC[]', version: '3.13.3' }

describe('parseMetadata', () => {
  it('reads the minimum, with the rule that sops assumes', () => {
    expect(parse(minimal)).toEqual({
      groups: [[{ kind: 'age', recipient: 'age1a', enc: 'a' }]],
      shamirThreshold: 0,
      lastModified: '2026-01-02T03:04:05Z',
      mac: 'ENC[]',
      macOnlyEncrypted: false,
      rule: { kind: 'unencrypted_suffix', pattern: '_unencrypted' },
      version: '3.13.3',
    })
  })

  it('reads every kind of key, in the order of sops', () => {
    const { groups } = parse({
      ...minimal,
      pgp: [{ fp: 'F', enc: 'p' }],
      hc_vault: [{ vault_address: 'https://v', engine_path: 'sops', key_name: 'k', enc: 'v' }],
      azure_kv: [{ vault_url: 'https://z', name: 'n', version: '1', enc: 'z' }],
      hckms: [{ key_id: 'r:u', enc: 'h' }],
      gcp_kms: [{ resource_id: 'projects/p', enc: 'g' }],
      kms: [
        { arn: 'arn:1', role: 'arn:r', context: { a: 'b' }, aws_profile: 'x', enc: 'k' },
        { arn: 'arn:2', aws_profile: '', enc: 'k' },
      ],
    })
    expect(groups).toEqual([
      [
        { kind: 'kms', arn: 'arn:1', role: 'arn:r', context: { a: 'b' }, awsProfile: 'x', enc: 'k' },
        { kind: 'kms', arn: 'arn:2', context: {}, enc: 'k' },
        { kind: 'gcp_kms', resourceId: 'projects/p', enc: 'g' },
        { kind: 'hckms', keyId: 'r:u', enc: 'h' },
        { kind: 'azure_kv', vaultUrl: 'https://z', name: 'n', version: '1', enc: 'z' },
        {
          kind: 'hc_vault',
          vaultAddress: 'https://v',
          enginePath: 'sops',
          keyName: 'k',
          enc: 'v',
        },
        { kind: 'pgp', fingerprint: 'F', enc: 'p' },
        { kind: 'age', recipient: 'age1a', enc: 'a' },
      ],
    ])
  })

  it('reads key groups only where all top-level lists are empty', () => {
    const key_groups = [{ age: [age('b')] }, { age: [age('c')], hc_vault: [] }]
    expect(parse({ ...minimal, key_groups }).groups).toHaveLength(1)
    expect(parse({ ...minimal, age: null, kms: [], key_groups, shamir_threshold: 2 })).toMatchObject({
      groups: [[{ enc: 'b' }], [{ enc: 'c' }]],
      shamirThreshold: 2,
    })
  })

  it.each([
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.6+02:00', '2026-01-02T03:04:05+02:00'],
  ])('normalises lastmodified %s', (lastmodified, lastModified) => {
    expect(parse({ ...minimal, lastmodified }).lastModified).toBe(lastModified)
  })

  it('notes the contexts of KMS keys in files of early releases', () => {
    const kms = [{ arn: 'a', context: { app: 'shop', env: 'prod' }, enc: 'x' }]
    const readEntry = (version: string) => parse({ ...minimal, kms, age: [], version }).groups[0]?.[0]
    expect(readEntry('3.2.0')).toMatchObject({
      context: { app: 'shop', env: 'prod' },
      earlyContexts: [
        { app: 'shop', env: 'shop' },
        { app: 'prod', env: 'prod' },
      ],
    })
    expect(readEntry('3.3.0')).not.toHaveProperty('earlyContexts')
  })

  it('takes the one rule that is not empty', () => {
    expect(parse({ ...minimal, unencrypted_suffix: '', encrypted_regex: '^a$' }).rule).toEqual({
      kind: 'encrypted_regex',
      pattern: '^a$',
    })
  })

  it.each([
    ['two rules', { ...minimal, encrypted_regex: 'a', unencrypted_suffix: 'b' }],
    ['no keys', { ...minimal, age: [] }],
    ['no lastmodified', { ...minimal, lastmodified: undefined }],
    ['a bad lastmodified', { ...minimal, lastmodified: 'yesterday' }],
  ])('refuses %s', (_, value) => {
    expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'SopsMetadataInvalid' }))
  })
})

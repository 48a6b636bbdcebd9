import { expect, it } from 'vitest'
import { describeKey, type KeyEntry } from '../../../../../lib/core/sops/keys/key-entry.ts'

const cases: [string, KeyEntry, string][] = [
  ['an age recipient', { kind: 'age', recipient: 'age1x', enc: '' }, 'age1x'],
  ['a KMS key', { kind: 'kms', arn: 'arn:k', context: {}, enc: '' }, 'arn:k'],
  [
    'a KMS key behind a role',
    { kind: 'kms', arn: 'arn:k', role: 'arn:r', context: {}, enc: '' },
    'arn:k+arn:r',
  ],
  [
    'a KMS key with a context',
    { kind: 'kms', arn: 'arn:k', context: { env: 'prod', app: 'web' }, enc: '' },
    'arn:k|app:web,env:prod',
  ],
  [
    'a KMS key with a profile, which shows both bars',
    { kind: 'kms', arn: 'arn:k', role: '', context: {}, awsProfile: 'ops', enc: '' },
    'arn:k||ops',
  ],
  ['a GCP key', { kind: 'gcp_kms', resourceId: 'projects/p', enc: '' }, 'projects/p'],
  ['a Huawei key', { kind: 'hckms', keyId: 'r:u', enc: '' }, 'r:u'],
  [
    'an Azure key',
    { kind: 'azure_kv', vaultUrl: 'https://v', name: 'n', version: '1', enc: '' },
    'https://v/keys/n/1',
  ],
  [
    'a Vault key',
    { kind: 'hc_vault', vaultAddress: 'https://v', enginePath: 'sops', keyName: 'k', enc: '' },
    'https://v/v1/sops/keys/k',
  ],
  ['a PGP fingerprint', { kind: 'pgp', fingerprint: 'AB', enc: '' }, 'AB'],
]

it.each(cases)('describes %s', (_, entry, expected) => {
  expect(describeKey(entry)).toBe(expected)
})

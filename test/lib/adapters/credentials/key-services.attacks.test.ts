import { describe, expect, it } from 'vitest'
import { createDeploymentKeyServices } from '../../../../lib/adapters/credentials/key-services.ts'
import type { Config } from '../../../../lib/core/config/config.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { createDataKeyCache } from '../../../../lib/sync/load/data-key-cache.ts'
import { createDataKeyUnwrapper } from '../../../../lib/sync/load/unwrap-data-key.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'
import { dataKey, readEncrypted, readKey } from '../keys/read-fixture.ts'

const config = { id: 'c/team-a/app' } as Config
const egress = createRecordingEgress(() => ({ status: 200, body: '{}' }))
const secrets: Readonly<Record<string, unknown>> = {
  vault: [{ address: 'https://vault.ok.test', token: 'canary' }],
  azure: { tenantId: 't', clientId: 'c', clientSecret: 'canary', vaults: ['https://ok.vault.azure.net'] },
  gcp: {
    keys: ['projects/ok/*'],
    credentials: {
      type: 'authorized_user',
      client_id: 'c',
      client_secret: 'canary',
      refresh_token: 'canary',
    },
  },
}
const openServices = createDeploymentKeyServices({
  readText: async (name) => {
    const secret = secrets[name.replace('smc/keys/', '')]
    return secret === undefined ? null : JSON.stringify(secret)
  },
  prefix: 'smc/',
  deployment: 'prod',
  kms: { keyArns: ['*'], roleArns: [] },
  policy: { tenancy: 'single' },
  outside: { egress: egress.send, now: () => 0 },
})

const vault = {
  kind: 'hc_vault',
  vaultAddress: 'https://vault.ok.test',
  enginePath: 'sops',
  keyName: 'k',
  enc: 'vault:v1:b3du',
} as const
const azure = {
  kind: 'azure_kv',
  vaultUrl: 'https://ok.vault.azure.net',
  name: 'n',
  version: '1',
  enc: 'b3du',
} as const
const google = {
  kind: 'gcp_kms',
  resourceId: 'projects/ok/locations/global/keyRings/r/cryptoKeys/k',
  enc: 'b3du',
} as const
const kms = (arn: string): KeyEntry => ({ kind: 'kms', arn, context: {}, enc: 'b3du' })

describe('a file that was copied from another tenant', () => {
  const recipientOf = (key: string) => /age1\w+/.exec(readKey(key).text)?.[0] ?? ''
  const [owner, copier] = [recipientOf('x25519.agekey'), recipientOf('x25519-other.agekey')]
  const open = createDeploymentKeyServices({
    readText: async (name) =>
      name === 'smc/keys/age' ? readKey('x25519.agekey').text + readKey('x25519-other.agekey').text : null,
    prefix: 'smc/',
    deployment: 'prod',
    kms: { keyArns: [], roleArns: [] },
    policy: {
      tenancy: 'listed',
      tenants: [
        { tenant: 'c/owner', namePrefixes: [], decryptionKeys: [owner] },
        { tenant: 'c/copier', namePrefixes: [], decryptionKeys: [copier] },
      ],
    },
    outside: { egress: egress.send, now: () => 0 },
  })

  it.each([owner, copier])('opens for its owner only, though it be relabelled for %s', async (recipient) => {
    const entry = { kind: 'age', recipient, enc: readEncrypted('x25519.age') } as const
    const unwrap = async (tenant: string) =>
      await createDataKeyUnwrapper({ services: await open({ id: `c/${tenant}/app` } as Config) })(
        [[entry]],
        0,
      )
    expect(await unwrap('owner')).toEqual(dataKey)
    await expect(unwrap('copier')).rejects.toMatchObject({ code: 'SopsNoMatchingKey' })
    await expect(unwrap('nobody')).rejects.toMatchObject({ code: 'SopsNoMatchingKey' })
  })
})

describe('a file of a deployment makes no request, also not for a token, where it names', () => {
  it.each<[string, KeyEntry]>([
    [
      'a Vault whose address starts like a listed one',
      { ...vault, vaultAddress: 'https://vault.ok.evil.test' },
    ],
    ['a Vault behind user info', { ...vault, vaultAddress: 'https://vault.ok.test@evil.test' }],
    ['another port of a listed Vault', { ...vault, vaultAddress: 'https://vault.ok.test:8201' }],
    ['a Vault without encryption', { ...vault, vaultAddress: 'http://vault.ok.test' }],
    ['the metadata of the cloud', { ...vault, vaultAddress: 'http://169.254.169.254' }],
    ['an engine path that climbs', { ...vault, enginePath: '../sys' }],
    ['an engine path with an escape', { ...vault, enginePath: 'sops%2f..%2fsys' }],
    ['an engine path with a query', { ...vault, enginePath: 'sops?x=' }],
    ['an engine path with a fragment', { ...vault, enginePath: 'sops#' }],
    ['a key name that climbs', { ...vault, keyName: '../../sys/seal' }],
    ['a vault of Azure that is not listed', { ...azure, vaultUrl: 'https://evil.vault.azure.net' }],
    ['a vault elsewhere', { ...azure, vaultUrl: 'https://ok.vault.azure.net.evil.test' }],
    ['a key of another project', { ...google, resourceId: google.resourceId.replace('/ok/', '/evil/') }],
    ['a key of Google that leads elsewhere', { ...google, resourceId: 'projects/ok/../../evil:decrypt?' }],
    ['a region of AWS that is a host', kms('arn:aws:kms:x.evil/#:123456789012:key/a')],
    ['a region of AWS with a user', kms('arn:aws:kms:x@evil.test/?:123456789012:key/a')],
    [
      'a role that is not listed',
      { ...kms('arn:aws:kms:eu-west-1:123456789012:key/a'), role: 'arn:aws:iam::1:role/x' } as KeyEntry,
    ],
  ])('%s, be the cache cold or warm', async (_, entry) => {
    const cache = createDataKeyCache({ now: () => 0 })
    await cache.forGrant('team-b')(entry, async () => new Uint8Array(32))
    const services = await openServices(config)
    for (const options of [{}, { cache: cache.forGrant('team-a') }]) {
      const before = egress.requests.length
      const unwrap = createDataKeyUnwrapper({ services, ...options })
      await expect(unwrap([[entry]], 0)).rejects.toHaveProperty('code')
      expect(egress.requests.length).toBe(before)
    }
  })
})

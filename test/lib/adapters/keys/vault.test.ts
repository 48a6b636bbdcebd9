import { describe, expect, it } from 'vitest'
import { createVaultKeyService, type VaultAccess } from '../../../../lib/adapters/keys/vault.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { createRecordingEgress, readJsonBody } from '../../../fakes/recording-egress.ts'
import { dataKey } from './read-fixture.ts'

type VaultEntry = Extract<KeyEntry, { kind: 'hc_vault' }>

const own: VaultEntry = {
  kind: 'hc_vault',
  vaultAddress: 'https://vault.ok.test/',
  enginePath: 'team/sops',
  keyName: 'app.key-1',
  enc: 'vault:v1:b3du',
}

const egress = createRecordingEgress(({ url }) =>
  url.includes('/broken')
    ? { status: 400, body: 'canary-token' }
    : { status: 200, body: JSON.stringify({ data: { plaintext: Buffer.from(dataKey).toString('base64') } }) },
)

function createService(access: Partial<VaultAccess> = {}) {
  const vault = { address: 'https://vault.ok.test', readToken: async () => 'canary-token', ...access }
  const isGranted = (entry: KeyEntry) => entry.kind === 'hc_vault' && entry.keyName !== 'other-team'
  return createVaultKeyService({ egress: egress.send, vaults: [vault], isGranted })
}

testKeyService({
  create: createService,
  own,
  dataKey,
  broken: [
    { ...own, keyName: 'broken' },
    { ...own, enc: 'b3du' },
  ],
  forbidden: [
    { ...own, keyName: 'other-team' },
    { ...own, vaultAddress: 'https://vault.ok.evil.test' },
    { ...own, vaultAddress: 'https://vault.ok.test.evil.test' },
    { ...own, vaultAddress: 'https://vault.ok.test@evil.test' },
    { ...own, vaultAddress: 'http://vault.ok.test' },
    { ...own, vaultAddress: '' },
  ],
  countRequests: () => egress.requests.length,
  secrets: ['canary-token'],
})

describe('a request to Vault', () => {
  it('carries token and namespace to the transit engine of the listed address', async () => {
    await createService({ namespace: 'admin' }).unwrap(own)
    const request = egress.requests.at(-1)
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://vault.ok.test/v1/team/sops/decrypt/app.key-1',
      headers: { 'x-vault-token': 'canary-token', 'x-vault-namespace': 'admin' },
    })
    expect(request && readJsonBody(request)).toEqual({ ciphertext: 'vault:v1:b3du' })
  })

  it.each<[string, Partial<VaultEntry>]>([
    ['an engine path that climbs', { enginePath: '../sys' }],
    ['an engine path that climbs later', { enginePath: 'sops/../../sys' }],
    ['an empty part', { enginePath: 'a//b' }],
    ['an empty path', { enginePath: '' }],
    ['an escape', { enginePath: 'sops%2f..' }],
    ['a query', { enginePath: 'sops?x' }],
    ['a fragment', { enginePath: 'sops#' }],
    ['a backslash', { enginePath: 'sops\\..' }],
    ['a line break', { enginePath: 'sops\n' }],
    ['a key name with a slash', { keyName: 'a/b' }],
    ['a key name that climbs', { keyName: '..' }],
    ['no key name', { keyName: '' }],
    ['a ciphertext of another kind', { enc: 'vault:vX:b3du' }],
  ])('is not made for %s, nor is the token read', async (_, fields) => {
    const before = egress.requests.length
    const service = createService({ readToken: () => Promise.reject(new RangeError('the token was read')) })
    await expect(service.unwrap({ ...own, ...fields })).rejects.toMatchObject({ code: 'SopsMetadataInvalid' })
    expect(egress.requests.length).toBe(before)
  })
})

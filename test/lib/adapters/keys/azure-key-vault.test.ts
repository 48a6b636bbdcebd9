import { describe, expect, it } from 'vitest'
import { createAzureKeyVaultKeyService } from '../../../../lib/adapters/keys/azure-key-vault.ts'
import { findByAddress } from '../../../../lib/adapters/keys/remote/address.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { createRecordingEgress, readJsonBody } from '../../../fakes/recording-egress.ts'
import { dataKey } from './read-fixture.ts'

type AzureEntry = Extract<KeyEntry, { kind: 'azure_kv' }>

const version = '2d1f5a9e0b1c4e7f8a9b0c1d2e3f4a5b'
const own: AzureEntry = {
  kind: 'azure_kv',
  vaultUrl: 'https://ok.vault.azure.net',
  name: 'sops-key',
  version,
  enc: 'b3_u',
}

const egress = createRecordingEgress((request) =>
  JSON.stringify(readJsonBody(request)).includes('b3_u')
    ? { status: 200, body: JSON.stringify({ kid: 'k', value: Buffer.from(dataKey).toString('base64url') }) }
    : { status: 400, body: 'canary-token' },
)

function createService(readToken = async () => 'canary-token') {
  return createAzureKeyVaultKeyService({
    egress: egress.send,
    findVault: (address) => findByAddress([{ address: 'https://ok.vault.azure.net/', readToken }], address),
    isGranted: (entry) => entry.kind === 'azure_kv' && entry.name !== 'other-team',
  })
}

testKeyService({
  create: createService,
  own,
  dataKey,
  broken: [
    { ...own, enc: 'AAAA' },
    { ...own, enc: 'b3du==' },
  ],
  forbidden: [
    { ...own, name: 'other-team' },
    { ...own, vaultUrl: 'https://evil.vault.azure.net' },
    { ...own, vaultUrl: 'https://ok.vault.azure.net.evil.test' },
  ],
  countRequests: () => egress.requests.length,
  secrets: ['canary-token'],
})

describe('a request to a key vault', () => {
  it('names key, version and algorithm', async () => {
    await createService().unwrap(own)
    const request = egress.requests.at(-1)
    expect(request).toMatchObject({
      method: 'POST',
      url: `https://ok.vault.azure.net/keys/sops-key/${version}/decrypt?api-version=7.4`,
      headers: { authorization: 'Bearer canary-token' },
    })
    expect(request && readJsonBody(request)).toEqual({ alg: 'RSA-OAEP-256', value: 'b3_u' })
  })

  it('is not made for a vault that is not listed, nor is a token fetched', async () => {
    const service = createService(() => Promise.reject(new RangeError('a token was fetched')))
    await expect(service.unwrap({ ...own, vaultUrl: 'https://evil.test' })).rejects.toMatchObject({
      code: 'SopsKeyNotGranted',
    })
  })

  it.each<[string, Partial<AzureEntry>]>([
    ['a name that climbs', { name: '..' }],
    ['a name with a slash', { name: 'a/b' }],
    ['an escape in the name', { name: 'a%2f' }],
    ['a version that climbs', { version: '../x' }],
    ['a query in the version', { version: 'a?b' }],
    ['no version', { version: '' }],
    ['a padded ciphertext', { enc: 'b3c=' }],
  ])('is not made for %s', async (_, fields) => {
    const before = egress.requests.length
    await expect(createService().unwrap({ ...own, ...fields })).rejects.toMatchObject({
      code: 'SopsMetadataInvalid',
    })
    expect(egress.requests.length).toBe(before)
  })
})

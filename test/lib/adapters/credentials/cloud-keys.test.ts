import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  openAzureKeys,
  openGoogleKeys,
  openVaultKeys,
} from '../../../../lib/adapters/credentials/cloud-keys.ts'
import { createAzureKeyVaultKeyService } from '../../../../lib/adapters/keys/azure-key-vault.ts'
import { createGcpKmsKeyService } from '../../../../lib/adapters/keys/gcp-kms.ts'
import { createVaultKeyService } from '../../../../lib/adapters/keys/vault.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'
import { dataKey, readKey } from '../keys/read-fixture.ts'

const base64 = Buffer.from(dataKey).toString('base64')
const answers: readonly [RegExp, object][] = [
  [/\/v1\/auth\/approle\/login$/, { auth: { client_token: 'canary-issued', lease_duration: 3600 } }],
  [
    /^https:\/\/(oauth2\.googleapis\.com|login\.microsoftonline\.com)\//,
    { access_token: 'canary-issued', expires_in: 3600 },
  ],
  [/\/v1\/sops\/decrypt\/app$/, { data: { plaintext: base64 } }],
  [/^https:\/\/cloudkms\.googleapis\.com\/v1\/projects\/prod\/.*\/app:decrypt$/, { plaintext: base64 }],
  [/^https:\/\/team\.vault\.azure\.net\/keys\/app\//, { value: Buffer.from(dataKey).toString('base64url') }],
]

const egress = createRecordingEgress(({ url }) => {
  const answer = answers.find(([pattern]) => pattern.test(url))?.[1]
  return answer ? { status: 200, body: JSON.stringify(answer) } : { status: 400, body: 'canary-answer' }
})
const tools = { egress: egress.send, now: () => 0 }
const listed = (value: unknown) => ({
  source: 'smc/keys/x',
  text: typeof value === 'string' ? value : JSON.stringify(value),
})

const vaultEntry = {
  kind: 'hc_vault',
  vaultAddress: 'https://vault.test',
  enginePath: 'sops',
  keyName: 'app',
  enc: 'vault:v1:b3du',
} as const satisfies KeyEntry
const azureEntry = {
  kind: 'azure_kv',
  vaultUrl: 'https://team.vault.azure.net/',
  name: 'app',
  version: '1',
  enc: 'b3du',
} as const satisfies KeyEntry
const googleEntry = {
  kind: 'gcp_kms',
  resourceId: 'projects/prod/locations/global/keyRings/sops/cryptoKeys/app',
  enc: 'b3du',
} as const satisfies KeyEntry

const azure = {
  tenantId: 't',
  clientId: 'c',
  clientSecret: 'canary-client',
  vaults: ['https://team.vault.azure.net'],
}
const google = {
  keys: ['projects/prod/*'],
  credentials: {
    type: 'service_account',
    client_email: 'sops@p.test',
    private_key: readKey('rsa-pkcs8.pem').text,
  },
}
const subject = { dataKey, countRequests: () => egress.requests.length, secrets: ['canary'] }

testKeyService({
  ...subject,
  create: () =>
    createVaultKeyService(
      openVaultKeys(
        listed([{ address: 'https://vault.test/', roleId: 'r', secretId: 'canary-secret' }]),
        tools,
      ),
    ),
  own: vaultEntry,
  broken: [{ ...vaultEntry, keyName: 'other' }],
  forbidden: [{ ...vaultEntry, vaultAddress: 'https://vault.test.evil.test' }],
})

testKeyService({
  ...subject,
  create: () => createAzureKeyVaultKeyService(openAzureKeys(listed(azure), tools)),
  own: azureEntry,
  broken: [{ ...azureEntry, name: 'other' }],
  forbidden: [{ ...azureEntry, vaultUrl: 'https://other.vault.azure.net' }],
})

testKeyService({
  ...subject,
  create: () => createGcpKmsKeyService(openGoogleKeys(listed(google), tools)),
  own: googleEntry,
  broken: [{ ...googleEntry, resourceId: googleEntry.resourceId.replace('app', 'other') }],
  forbidden: [{ ...googleEntry, resourceId: googleEntry.resourceId.replace('/prod/', '/dev/') }],
})

describe('credentials of the key services outside of AWS', () => {
  it('take a token that somebody keeps fresh, and a namespace', async () => {
    const vaults = listed([{ address: 'https://vault.test', namespace: 'team', token: 'canary-given' }])
    await createVaultKeyService(openVaultKeys(vaults, tools)).unwrap(vaultEntry)
    expect(egress.requests.at(-1)?.headers).toMatchObject({
      'x-vault-token': 'canary-given',
      'x-vault-namespace': 'team',
    })
  })

  it.each([
    ['Vault', openVaultKeys, 'canary', ''],
    ['Vault', openVaultKeys, [], ''],
    ['Vault', openVaultKeys, [{ address: 'http://vault.test', token: 'canary' }], '0'],
    ['Vault', openVaultKeys, [{ address: 'https://u:canary@vault.test', token: 'canary' }], '0'],
    ['Vault', openVaultKeys, [{ address: 'https://vault.test', roleId: 'canary' }], '0'],
    ['Azure', openAzureKeys, { ...azure, vaults: [] }, 'vaults'],
    ['Azure', openAzureKeys, { ...azure, vaults: ['canary'] }, 'vaults.0'],
    ['Azure', openAzureKeys, { ...azure, clientSecret: '' }, 'clientSecret'],
    ['Google', openGoogleKeys, { ...google, keys: [] }, 'keys'],
    ['Google', openGoogleKeys, { keys: ['*'], credentials: { type: 'x' } }, 'type'],
  ])('for %s are refused, and not shown, where they are malformed', (_, open, value, field) => {
    let thrown: unknown
    try {
      open(listed(value), tools)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'SopsKeyInvalid', data: { source: 'smc/keys/x' } })
    expect(String((thrown as { data: { field: string } }).data.field)).toMatch(new RegExp(`^${field}`))
    expect(inspect(thrown, { depth: 9, showHidden: true }) + JSON.stringify(thrown)).not.toContain('canary')
  })
})

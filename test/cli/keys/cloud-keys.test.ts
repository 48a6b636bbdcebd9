import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCloudKeys } from '../../../cli/keys/cloud-keys.ts'
import { createKeyServices } from '../../../lib/adapters/keys/index.ts'
import type { KeyEntry, KeyKind } from '../../../lib/core/sops/keys/key-entry.ts'
import type { Environment } from '../../../lib/env.ts'
import { startHttpServer, type TestServer } from '../../servers/http-server.ts'

const dataKey = Buffer.alloc(32, 7)
const home = mkdtempSync(join(tmpdir(), 'smc-cloud-'))
const requests: (readonly [string | undefined, string | string[] | undefined])[] = []
let vault: TestServer

beforeAll(async () => {
  vault = await startHttpServer(({ url, headers }, response) => {
    requests.push([url, headers['x-vault-token']])
    response.end(JSON.stringify({ data: { plaintext: dataKey.toString('base64') } }))
  })
})

afterAll(async () => {
  await vault.close()
  rmSync(home, { recursive: true })
})

async function open(environment: Environment, kind: KeyKind) {
  const services = createKeyServices(await readCloudKeys(environment, () => {}))
  return services.find((service) => service.kind === kind)
}

const vaultEntry = (vaultAddress: string): KeyEntry => ({
  kind: 'hc_vault',
  vaultAddress,
  enginePath: 'sops',
  keyName: 'app',
  enc: 'vault:v1:b3du',
})

describe('log-ins of the machine', () => {
  it('are none where nothing is set', async () => {
    expect(await readCloudKeys({}, () => {})).toEqual({})
    expect(await readCloudKeys({ HOME: home, AZURE_TENANT_ID: 't' }, () => {})).toEqual({})
  })

  it.each([
    ['VAULT_ADDR', (url: string) => ({ VAULT_ADDR: `${url}/`, VAULT_TOKEN: 'given' }), 'given'],
    [
      'the list of sops',
      (url: string) => ({ SOPS_HC_VAULT_ALLOWLIST: `https://a.test, ${url}`, VAULT_TOKEN: 'given' }),
      'given',
    ],
    ['a token in the usual file', (url: string) => ({ VAULT_ADDR: url, HOME: home }), 'kept'],
  ])('open a Vault by %s', async (_, environment, token) => {
    writeFileSync(join(home, '.vault-token'), 'kept\n')
    const service = await open(environment(vault.url), 'hc_vault')
    expect(await service?.unwrap(vaultEntry(vault.url))).toEqual(dataKey)
    expect(requests.at(-1)).toEqual(['/v1/sops/decrypt/app', token])
    rmSync(join(home, '.vault-token'))
  })

  it.each([
    {},
    { VAULT_ADDR: 'https://other.test' },
    { SOPS_HC_VAULT_ALLOWLIST: 'all' },
    { SOPS_HC_VAULT_ALLOWLIST: 'http://127.0.0.1' },
  ])('send no token to a Vault that is not named: %j', async (environment) => {
    const before = requests.length
    const service = await open({ ...environment, VAULT_TOKEN: 'given' }, 'hc_vault')
    await expect(service?.unwrap(vaultEntry(vault.url))).rejects.toMatchObject({ code: 'SopsKeyNotGranted' })
    expect(requests.length).toBe(before)
  })

  it('open vaults at Azure, whoever they belong to, and no others', async () => {
    const environment = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 's' }
    const service = await open(environment, 'azure_kv')
    const entry = (vaultUrl: string): KeyEntry => ({
      kind: 'azure_kv',
      vaultUrl,
      name: 'n',
      version: '1',
      enc: 'b3du',
    })
    expect(service?.isGranted(entry('https://any.vault.azure.net/'))).toBe(true)
    expect(service?.isGranted(entry('https://vault.azure.net.evil.test'))).toBe(false)
    expect(service?.isGranted(entry(''))).toBe(false)
  })

  it('fail for Google only where an entry needs them and they are of another kind', async () => {
    mkdirSync(join(home, '.config/gcloud'), { recursive: true })
    const path = join(home, '.config/gcloud/application_default_credentials.json')
    writeFileSync(path, '{"type":"external_account"}')
    const resourceId = 'projects/prod/locations/global/keyRings/r/cryptoKeys/k'
    const service = await open({ HOME: home }, 'gcp_kms')
    await expect(service?.unwrap({ kind: 'gcp_kms', resourceId, enc: 'b3du' })).rejects.toMatchObject({
      code: 'SopsKeyInvalid',
      data: { source: path, field: 'type' },
    })
  })

  it.each([
    [{ GOOGLE_OAUTH_ACCESS_TOKEN: 't' }, true],
    [{ GOOGLE_CREDENTIALS: ' {"type":"service_account"}' }, true],
    [{ GOOGLE_CREDENTIALS: '/nowhere' }, false],
    [{ GOOGLE_APPLICATION_CREDENTIALS: '/nowhere' }, false],
  ])('are looked for where Google puts them: %j', async (environment, isFound) => {
    expect((await open(environment, 'gcp_kms')) !== undefined).toBe(isFound)
  })
})

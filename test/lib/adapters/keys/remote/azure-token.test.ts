import { describe, expect, it } from 'vitest'
import { createAzureTokens, isAzureVault } from '../../../../../lib/adapters/keys/remote/azure-token.ts'
import { createRecordingEgress } from '../../../../fakes/recording-egress.ts'

describe('isAzureVault', () => {
  it.each([
    ['https://team.vault.azure.net', true],
    ['https://team-1.managedhsm.azure.net', true],
    ['https://team.vault.azure.cn', true],
    ['https://team.vault.usgovcloudapi.net', true],
    ['http://team.vault.azure.net', false],
    ['https://vault.azure.net', false],
    ['https://a.b.vault.azure.net', false],
    ['https://evilvault.azure.net', false],
    ['https://team.vault.azure.net.evil.test', false],
    ['https://team.vault.azure.net:8443', false],
    ['https://team.vault.azure.net/path', false],
    ['https://team.vault.azure.net@evil.test', false],
  ])('says of %s: %s', (address, expected) => {
    expect(isAzureVault(address)).toBe(expected)
  })
})

describe('tokens of Azure', () => {
  it('are asked for once for each cloud, with its scope, where one logs in to it', async () => {
    const egress = createRecordingEgress(() => ({
      status: 200,
      body: '{"access_token":"t","expires_in":3599}',
    }))
    const login = { tenantId: 'tenant/..', clientId: 'c', clientSecret: 's' }
    const tokenOf = createAzureTokens({ egress: egress.send, login, now: () => 0 })
    for (const vault of [
      'https://a.vault.azure.net',
      'https://b.vault.azure.net',
      'https://a.vault.azure.cn',
    ]) {
      expect(await tokenOf(vault)()).toBe('t')
    }
    const sent = egress.requests.map(({ url, body }) => [
      url,
      Object.fromEntries(new URLSearchParams(Buffer.from(body ?? '').toString())),
    ])
    const form = { grant_type: 'client_credentials', client_id: 'c', client_secret: 's' }
    expect(sent).toEqual([
      [
        'https://login.microsoftonline.com/tenant%2F../oauth2/v2.0/token',
        { ...form, scope: 'https://vault.azure.net/.default' },
      ],
      [
        'https://login.chinacloudapi.cn/tenant%2F../oauth2/v2.0/token',
        { ...form, scope: 'https://vault.azure.cn/.default' },
      ],
    ])
  })
})

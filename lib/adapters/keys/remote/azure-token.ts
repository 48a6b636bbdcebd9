import type { Egress } from '../../egress/egress.ts'
import { keepToken, type ReadToken } from '../../tokens/keep-token.ts'
import { requestToken } from '../../tokens/request-token.ts'
import { keyTokenCodes } from './token-codes.ts'

/** A service principal of Microsoft Entra. */
export interface AzureLogin {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface AzureTokenOptions {
  readonly egress: Egress
  readonly login: AzureLogin
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number
}

/** The clouds of Azure: where their vaults are, and where one logs in to them. */
const clouds = [
  { domain: 'vault.azure.net', authority: 'login.microsoftonline.com' },
  { domain: 'managedhsm.azure.net', authority: 'login.microsoftonline.com' },
  { domain: 'vault.azure.cn', authority: 'login.chinacloudapi.cn' },
  { domain: 'vault.usgovcloudapi.net', authority: 'login.microsoftonline.us' },
] as const

/**
 * Whether the address is that of a vault at Azure itself. Such may belong to anybody, but none of them shows the token
 * that it is sent to its owner.
 */
export function isAzureVault(address: string): boolean {
  const { protocol, hostname, port, pathname } = new URL(address)
  const [name = '', ...domain] = hostname.split('.')
  const isKnown = clouds.some((cloud) => cloud.domain === domain.join('.'))
  return protocol === 'https:' && port === '' && pathname === '/' && /^[a-z0-9-]+$/.test(name) && isKnown
}

/**
 * Access tokens for vaults, by the client-credentials grant: one for each cloud, issued when it is first asked for.
 * @throws {SyncError} (from the closures) SopsKeyAccessDenied, SopsKeyServiceUnavailable
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createAzureTokens(options: AzureTokenOptions): (vaultAddress: string) => ReadToken {
  const tokens = new Map(clouds.map((cloud) => [cloud, createCloudToken(cloud, options)]))
  return (vaultAddress) => {
    const { hostname } = new URL(vaultAddress)
    const cloud = clouds.find(({ domain }) => hostname.endsWith(`.${domain}`)) ?? clouds[0]
    return tokens.get(cloud) ?? createCloudToken(cloud, options)
  }
}

function createCloudToken(
  { domain, authority }: (typeof clouds)[number],
  { egress, login, now }: AzureTokenOptions,
): ReadToken {
  const issue = () =>
    requestToken(egress, {
      url: `https://${authority}/${encodeURIComponent(login.tenantId)}/oauth2/v2.0/token`,
      body: {
        form: {
          grant_type: 'client_credentials',
          client_id: login.clientId,
          client_secret: login.clientSecret,
          scope: `https://${domain}/.default`,
        },
      },
      tokenPath: ['access_token'],
      lifetimePath: ['expires_in'],
      codes: keyTokenCodes,
    })
  return keepToken(issue, now)
}

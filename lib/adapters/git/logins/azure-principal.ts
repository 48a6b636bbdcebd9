import { requestToken } from '../../tokens/request-token.ts'
import type { MintLogin } from './minted-credentials.ts'

/** A service principal of Microsoft Entra that may read the repositories of Azure DevOps. */
export interface AzurePrincipalLogin {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** Of another cloud: `https://login.microsoftonline.us`. */
  readonly authorityUrl?: string
}

const publicAuthority = 'https://login.microsoftonline.com'
/** The id of Azure DevOps in every tenant. */
const azureDevopsScope = '499b84ac-1321-427f-aa17-267ca6975798/.default'

/**
 * A bearer token by the client credentials flow.
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export const mintAzurePrincipalLogin: MintLogin<AzurePrincipalLogin> = async (login, { egress, now }) => {
  const authority = (login.authorityUrl ?? publicAuthority).replace(/\/+$/, '')
  const { token, lifetimeMs } = await requestToken(egress, {
    url: `${authority}/${encodeURIComponent(login.tenantId)}/oauth2/v2.0/token`,
    body: {
      form: {
        grant_type: 'client_credentials',
        client_id: login.clientId,
        client_secret: login.clientSecret,
        scope: azureDevopsScope,
      },
    },
    tokenPath: ['access_token'],
    lifetimePath: ['expires_in'],
    codes: { refused: 'GitAuthFailed', unavailable: 'GitUnavailable' },
  })
  return { login: { bearerToken: token }, expiresAtMs: now() + lifetimeMs }
}

import { SyncError } from '../../../core/errors.ts'
import type { MintLogin } from './minted-credentials.ts'
import { requestToken } from './request-token.ts'

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
  const url = `${authority}/${encodeURIComponent(login.tenantId)}/oauth2/v2.0/token`
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: login.clientId,
    client_secret: login.clientSecret,
    scope: azureDevopsScope,
  })
  const answer = await requestToken(egress, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  })
  const { access_token: bearerToken, expires_in: expiresInSeconds } = answer ?? {}
  if (typeof bearerToken !== 'string') {
    throw new SyncError('GitAuthFailed', { data: { url, missing: 'access_token' } })
  }
  return { login: { bearerToken }, expiresAtMs: now() + Number(expiresInSeconds ?? 0) * 1000 }
}

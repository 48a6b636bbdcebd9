import type { AzurePrincipalLogin } from '../git/logins/azure-principal.ts'
import type { GithubAppLogin } from '../git/logins/github-app.ts'
import type { StoredCredential } from '../git/logins/minted-credentials.ts'
import { credentialInvalid, readFirst, type SecretData, tokenUser, withNewline } from './secret-data.ts'

/** What Argo CD knows of Git hosts beside Secrets. */
export interface ArgoTrust {
  /** The text of a `known_hosts` file. */
  readonly knownHosts: string
  /** PEM certificates for the host of the repository. */
  readonly ca?: string
}

/** Ways to log in that are not used here. */
const unsupportedKeys = ['gcpServiceAccountKey', 'useAzureWorkloadIdentity'] as const

/**
 * The credential in a repository Secret of Argo CD, for one URL and no other. What Argo CD tries first comes first.
 * @throws {SyncError} GitAuthFailed where it logs in by a way that is not used here
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export function readArgoSecret(data: SecretData, url: string, trust: ArgoTrust): StoredCredential {
  const login = readLogin(data, url, trust)
  const certificate = readFirst(data, 'tlsClientCertData')
  const key = readFirst(data, 'tlsClientCertKey')
  return {
    urlPrefix: url,
    ...(login && { login }),
    ...(trust.ca !== undefined && { ca: trust.ca }),
    ...(certificate !== undefined && key !== undefined && { clientCertificate: { certificate, key } }),
  }
}

function readLogin(data: SecretData, url: string, { knownHosts }: ArgoTrust): StoredCredential['login'] {
  const password = readFirst(data, 'password')
  const bearerToken = readFirst(data, 'bearerToken')
  const privateKey = readFirst(data, 'sshPrivateKey')
  if (url.startsWith('ssh:')) {
    if (privateKey === undefined) throw credentialInvalid(data, 'sshPrivateKey', 'is missing')
    return { privateKey: withNewline(privateKey), knownHosts }
  }
  if (password !== undefined) return { username: readFirst(data, 'username') ?? tokenUser, password }
  if (bearerToken !== undefined) return { bearerToken }
  const minted = readGithubApp(data, url) ?? readAzurePrincipal(data)
  if (minted) return minted
  const unsupported = unsupportedKeys.find((key) => !['', 'false', undefined].includes(data.values.get(key)))
  if (unsupported !== undefined) throw credentialInvalid(data, unsupported, 'is not supported')
  return undefined
}

/** Without an installation, that of the owner in the URL. */
function readGithubApp(data: SecretData, url: string): GithubAppLogin | undefined {
  const appId = readFirst(data, 'githubAppID')
  const privateKey = readFirst(data, 'githubAppPrivateKey')
  if (appId === undefined || privateKey === undefined) return undefined
  const installationId = readFirst(data, 'githubAppInstallationID')
  const apiUrl = readFirst(data, 'githubAppEnterpriseBaseUrl')
  const [owner = ''] = URL.parse(url)?.pathname.split('/').filter(Boolean) ?? []
  return {
    appId,
    privateKey: withNewline(privateKey),
    ...(installationId === undefined ? { owner } : { installationId }),
    ...(apiUrl !== undefined && { apiUrl }),
  }
}

/** The two kinds of Secrets spell the same keys in two ways. */
function readAzurePrincipal(data: SecretData): AzurePrincipalLogin | undefined {
  const clientSecret = readFirst(data, 'azureServicePrincipalClientSecret')
  const clientId = readFirst(data, 'azureServicePrincipalClientId', 'azureServicePrincipalClientID')
  const tenantId = readFirst(data, 'azureServicePrincipalTenantId', 'azureServicePrincipalTenantID')
  const authorityUrl = readFirst(data, 'azureActiveDirectoryEndpoint')
  if (clientSecret === undefined) return undefined
  if (clientId === undefined) throw credentialInvalid(data, 'azureServicePrincipalClientId', 'is missing')
  if (tenantId === undefined) throw credentialInvalid(data, 'azureServicePrincipalTenantId', 'is missing')
  return { tenantId, clientId, clientSecret, ...(authorityUrl !== undefined && { authorityUrl }) }
}

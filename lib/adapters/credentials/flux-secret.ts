import type { GitCredential, SshLogin } from '../git/credential.ts'
import type { GithubAppLogin } from '../git/logins/github-app.ts'
import type { StoredCredential } from '../git/logins/minted-credentials.ts'
import { credentialInvalid, readFirst, type SecretData, tokenUser, withNewline } from './secret-data.ts'

/**
 * The credential in a Secret that a GitRepository names, for its URL and no other; also one for `gitCredentials` with a
 * lone token.
 * @throws {SyncError} GitAuthFailed for keys that contradict each other, are incomplete or of a kind that is not used
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
export function readFluxSecret(data: SecretData, url: string, provider?: 'github'): StoredCredential {
  const urlPrefix = url
  if (url.startsWith('ssh:')) return { urlPrefix, login: readSshLogin(data) }
  if (provider === undefined && data.values.has('githubAppID')) {
    throw credentialInvalid(data, 'githubAppID', 'needs provider github')
  }
  const login = provider === 'github' ? readGithubApp(data) : readHttpLogin(data)
  const ca = readFirst(data, 'ca.crt', 'caFile')
  const clientCertificate = readClientCertificate(data)
  return {
    urlPrefix,
    ...(login && { login }),
    ...(ca !== undefined && { ca }),
    ...(clientCertificate && { clientCertificate }),
  }
}

function readSshLogin(data: SecretData): SshLogin {
  const identity = readFirst(data, 'identity')
  const knownHosts = readFirst(data, 'known_hosts')
  const passphrase = readFirst(data, 'password')
  if (identity === undefined) throw credentialInvalid(data, 'identity', 'is missing')
  if (knownHosts === undefined) throw credentialInvalid(data, 'known_hosts', 'is missing')
  return { privateKey: withNewline(identity), knownHosts, ...(passphrase !== undefined && { passphrase }) }
}

function readGithubApp(data: SecretData): GithubAppLogin {
  const appId = readFirst(data, 'githubAppID')
  const privateKey = readFirst(data, 'githubAppPrivateKey')
  const installationId = readFirst(data, 'githubAppInstallationID')
  const owner = readFirst(data, 'githubAppInstallationOwner')
  const apiUrl = readFirst(data, 'githubAppBaseURL')
  if (appId === undefined) throw credentialInvalid(data, 'githubAppID', 'is missing')
  if (privateKey === undefined) throw credentialInvalid(data, 'githubAppPrivateKey', 'is missing')
  if ((installationId === undefined) === (owner === undefined)) {
    throw credentialInvalid(
      data,
      'githubAppInstallationID',
      'or githubAppInstallationOwner, one of them, must be set',
    )
  }
  return {
    appId,
    privateKey: withNewline(privateKey),
    ...(installationId !== undefined && { installationId }),
    ...(owner !== undefined && { owner }),
    ...(apiUrl !== undefined && { apiUrl }),
  }
}

function readHttpLogin(data: SecretData): GitCredential['login'] {
  const username = readFirst(data, 'username')
  const password = readFirst(data, 'password')
  const bearerToken = readFirst(data, 'bearerToken')
  const token = readFirst(data, 'token', 'githubToken')
  if (bearerToken !== undefined) {
    if (password !== undefined) throw credentialInvalid(data, 'bearerToken', 'stands beside a password')
    return { bearerToken }
  }
  if (token !== undefined) return { username: username ?? tokenUser, password: token }
  if (password === undefined) return undefined
  if (username === undefined) throw credentialInvalid(data, 'username', 'is missing')
  return { username, password }
}

function readClientCertificate(data: SecretData): GitCredential['clientCertificate'] {
  const certificate = readFirst(data, 'tls.crt', 'certFile')
  const key = readFirst(data, 'tls.key', 'keyFile')
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) {
    throw credentialInvalid(data, certificate === undefined ? 'tls.crt' : 'tls.key', 'is missing')
  }
  return { certificate, key }
}

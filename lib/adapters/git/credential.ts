import { SyncError } from '../../core/errors.ts'
import type { CredentialRef } from '../../core/source/source.ts'
import { isWithinUrlPrefix } from '../../core/source/url-prefix.ts'
import type { GitRemote } from '../../ports.ts'
import type { EgressProxy } from '../egress/proxy/proxy.ts'

/** How to log in to a Git server. */
export interface GitCredential {
  /** Where it may be sent: URLs below this one, whole segments of the path. */
  readonly urlPrefix: string
  /** Without one, the credential is only a certificate. */
  readonly login?: HttpLogin | SshLogin
  /** PEM certificates to trust beside the public ones. */
  readonly ca?: string
  /** PEM certificate and key to present. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string }
  /** What the server is reached through. */
  readonly proxy?: EgressProxy
}

export type HttpLogin =
  | { readonly username: string; readonly password: string }
  | { readonly bearerToken: string }

export interface SshLogin {
  /** PEM or OpenSSH form. */
  readonly privateKey: string
  /** Where the private key is encrypted. */
  readonly passphrase?: string
  /** The text of a `known_hosts` file: only these servers are spoken to. */
  readonly knownHosts: string
}

/** The credential that a name, or a lookup for the repository at `url`, leads to; `null` where there is none. */
export type ReadGitCredential = (ref: CredentialRef, url: string) => Promise<GitCredential | null>

/**
 * The credential that a remote names; `null` where it names none.
 * @throws {SyncError} GitAuthFailed where what it names does not exist
 */
export async function findCredential(
  { url, credentials }: GitRemote,
  readCredential: ReadGitCredential,
): Promise<GitCredential | null> {
  if (!credentials) return null
  const credential = await readCredential(credentials, url)
  // What is only looked up may lead to nothing: the repository may be public.
  if (credential || credentials.project !== undefined) return credential
  throw new SyncError('GitAuthFailed', { data: { url, credentials: formatName(credentials) } })
}

/**
 * The headers that log `remote` in at `url`, which may be where a redirect leads.
 * @throws {SyncError} NotPermitted where the credential is not for that URL; GitAuthFailed where it is one for SSH
 */
export function formatAuthorization(
  credential: GitCredential | null,
  remote: GitRemote,
  url: URL,
): Record<string, string> {
  if (!credential?.login) return {}
  const { login } = credential
  assertWithinPrefix(credential, withoutSuffix(url.href, remote.url))
  if ('bearerToken' in login) return { authorization: `Bearer ${login.bearerToken}` }
  if ('privateKey' in login) throw new SyncError('GitAuthFailed', { data: { url: url.href, login: 'ssh' } })
  const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  return { authorization: `Basic ${basic}` }
}

/**
 * The key that `remote` is opened with.
 * @throws {SyncError} NotPermitted where the credential is not for its URL; GitAuthFailed where it holds no SSH key
 */
export function readSshLogin(credential: GitCredential | null, { url }: GitRemote): SshLogin {
  if (!credential?.login || !('privateKey' in credential.login)) {
    throw new SyncError('GitAuthFailed', { data: { url, login: credential ? 'not ssh' : 'none' } })
  }
  assertWithinPrefix(credential, url)
  return credential.login
}

function assertWithinPrefix({ urlPrefix }: GitCredential, url: string): void {
  if (isWithinUrlPrefix(url, urlPrefix)) return
  throw new SyncError('NotPermitted', { data: { url, credentialsFor: urlPrefix } })
}

/** GitLab redirects `/org/app` to `/org/app.git`, which is the same repository. */
function withoutSuffix(url: string, repositoryUrl: string): string {
  const base = repositoryUrl.replace(/\/+$/, '')
  return url.startsWith(`${base}.git/`) ? url.replace(`${base}.git/`, `${base}/`) : url
}

function formatName({ namespace, name }: CredentialRef): string {
  return `${namespace}/${name}`
}

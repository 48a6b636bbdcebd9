import { createHash } from 'node:crypto'
import { SyncError } from '../../../core/errors.ts'
import type { CredentialRef } from '../../../core/source/source.ts'
import type { AwsCredentials } from '../../aws/signature.ts'
import type { Egress } from '../../egress/egress.ts'
import type { EgressProxy } from '../../egress/proxy/proxy.ts'
import type { GitCredential, HttpLogin, ReadGitCredential } from '../credential.ts'
import { type AzurePrincipalLogin, mintAzurePrincipalLogin } from './azure-principal.ts'
import { type CodeCommitLogin, mintCodeCommitLogin } from './code-commit.ts'
import { type GithubAppLogin, mintGithubAppLogin } from './github-app.ts'

/** A credential as it is kept: some logins are made from it, anew when they expire. */
export interface StoredCredential extends Omit<GitCredential, 'login'> {
  readonly login?: GitCredential['login'] | MintableLogin
}

export type MintableLogin = GithubAppLogin | CodeCommitLogin | AzurePrincipalLogin

/** The stored credential of a name, or for the repository at `url`; `null` where there is none. */
export type ReadStoredCredential = (ref: CredentialRef, url: string) => Promise<StoredCredential | null>

/** Turns what a credential holds into what a Git server takes. */
export type MintLogin<Held> = (held: Held, options: MintOptions) => Promise<MintedLogin>

export interface MintedLogin {
  readonly login: HttpLogin
  readonly expiresAtMs: number
}

export interface LoginOptions {
  readonly egress: Egress
  readonly now: () => number
  /** The credentials of this process, for CodeCommit. */
  readonly readAwsCredentials: () => Promise<AwsCredentials>
}

export interface MintOptions extends LoginOptions {
  /** The repository that is to be read. */
  readonly url: string
}

/** A repository, and what it and the service that mints its logins are reached through. */
interface Target {
  readonly url: string
  readonly proxy: EgressProxy | undefined
}

/** A token is not used in its last minutes: a request may take a while. */
const reserveMs = 5 * 60_000
const maxRemembered = 256

/**
 * Reads credentials with logins that a Git server takes; those that had to be minted are remembered until shortly
 * before they expire.
 * @throws {SyncError} (from the closure) GitAuthFailed, GitUnavailable, EgressForbidden, and what `readStored` throws
 */
export function createMintedCredentials(
  readStored: ReadStoredCredential,
  options: LoginOptions,
): ReadGitCredential {
  const minted = new Map<string, Promise<MintedLogin>>()

  function mint({ key, run }: Minting, { url, proxy }: Target): Promise<MintedLogin> {
    const egress: Egress = (request) => options.egress({ ...request, ...(proxy && { proxy }) })
    const minting = run({ ...options, egress, url })
    minted.delete(key)
    minted.set(key, minting)
    const [oldest = key] = minted.keys()
    if (minted.size > maxRemembered) minted.delete(oldest)
    minting.catch(() => minted.delete(key))
    return minting
  }

  async function readLogin(login: MintableLogin, target: Target): Promise<HttpLogin> {
    const minting = chooseMinting(login, target.url)
    const found = await (minted.get(minting.key) ?? mint(minting, target))
    if (found.expiresAtMs - reserveMs > options.now()) return found.login
    return (await mint(minting, target)).login
  }

  return async (ref, url) => {
    const stored = await readProxied(readStored, ref, url)
    if (!stored) return null
    const { login, ...credential } = stored
    if (!login) return credential
    const target = { url, proxy: stored.proxy }
    return { ...credential, login: isMintable(login) ? await readLogin(login, target) : login }
  }
}

/** What a credential says, with the proxy that is named beside it. */
async function readProxied(
  readStored: ReadStoredCredential,
  { proxy: proxyRef, ...ref }: CredentialRef,
  url: string,
): Promise<StoredCredential | null> {
  const isNamed = ref.name !== '' || ref.provider !== undefined || ref.project !== undefined
  const stored = isNamed ? await readStored(ref, url) : { urlPrefix: url }
  if (!stored || !proxyRef) return stored
  const { cluster } = ref
  const held = await readStored(
    { ...proxyRef, holds: 'proxy', ...(cluster !== undefined && { cluster }) },
    url,
  )
  const proxy = held?.proxy
  if (proxy) return { ...stored, proxy }
  throw new SyncError('GitAuthFailed', { data: { url, proxy: `${proxyRef.namespace}/${proxyRef.name}` } })
}

function isMintable(login: NonNullable<StoredCredential['login']>): login is MintableLogin {
  return !('knownHosts' in login || 'password' in login || 'bearerToken' in login)
}

interface Minting {
  /** What the login depends on; hashed, since it holds secrets. */
  readonly key: string
  readonly run: (options: MintOptions) => Promise<MintedLogin>
}

function chooseMinting(login: MintableLogin, url: string): Minting {
  if ('codeCommit' in login) {
    return { key: hash(['codeCommit', url]), run: (options) => mintCodeCommitLogin(login, options) }
  }
  if ('appId' in login) return { key: hash(login), run: (options) => mintGithubAppLogin(login, options) }
  return { key: hash(login), run: (options) => mintAzurePrincipalLogin(login, options) }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

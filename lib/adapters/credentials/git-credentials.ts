import * as z from 'zod/mini'
import { SyncError } from '../../core/errors.ts'
import type { ReadStoredCredential, StoredCredential } from '../git/logins/minted-credentials.ts'
import { parseProxy } from './proxy-secret.ts'
import type { ReadSecretText } from './secret-texts.ts'

export interface GitCredentialOptions {
  readonly readText: ReadSecretText
  /** Begin of the names of the service's own secrets. */
  readonly prefix: string
}

const text = z.string().check(z.minLength(1))
const schema = z.strictObject({
  url: z.url(),
  username: z.exactOptional(text),
  password: z.exactOptional(text),
  bearerToken: z.exactOptional(text),
  ssh: z.exactOptional(
    z.strictObject({ privateKey: text, passphrase: z.exactOptional(text), knownHosts: text }),
  ),
  githubApp: z.exactOptional(
    z.strictObject({
      appId: text,
      privateKey: text,
      installationId: z.exactOptional(text),
      owner: z.exactOptional(text),
      apiUrl: z.exactOptional(z.url()),
    }),
  ),
  azurePrincipal: z.exactOptional(
    z.strictObject({
      tenantId: text,
      clientId: text,
      clientSecret: text,
      authorityUrl: z.exactOptional(z.url()),
    }),
  ),
  codeCommit: z.exactOptional(z.literal(true)),
  ca: z.exactOptional(text),
  proxy: z.exactOptional(
    z.strictObject({ address: text, username: z.exactOptional(text), password: z.exactOptional(text) }),
  ),
})

type Fields = z.infer<typeof schema>

/**
 * How to log in to Git servers, from the secrets `<prefix>git/<namespace>/<name>`, or
 * `<prefix>git/<cluster>/<namespace>/<name>` for what a cluster names: JSON with the `url` below which the credential may
 * be sent and at most one login: `password` (with `username`), `bearerToken`, `ssh`, `githubApp`, `azurePrincipal` or
 * `codeCommit`; `ca` holds certificates to trust, `proxy` what the server is reached through.
 * @throws {SyncError} (from the closure) GitAuthFailed where a secret says something else
 */
export function createGitCredentials({ readText, prefix }: GitCredentialOptions): ReadStoredCredential {
  return async ({ cluster, namespace, name }) => {
    if (name === '') return null
    const owner = cluster === undefined ? namespace : `${cluster}/${namespace}`
    const secret = `${prefix}git/${owner}/${name}`
    const json = await readText(secret)
    return json === null ? null : parseCredential(json, secret)
  }
}

function parseCredential(json: string, secret: string): StoredCredential {
  const parsed = schema.safeParse(parseJson(json))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new SyncError('GitAuthFailed', { data: { secret, field } })
  }
  const { url, ca, proxy } = parsed.data
  const [login, second] = listLogins(parsed.data)
  if (second) throw new SyncError('GitAuthFailed', { data: { secret, field: 'more than one login' } })
  return {
    urlPrefix: url,
    ...(login && { login }),
    ...(ca !== undefined && { ca }),
    ...(proxy && { proxy: parseProxy(proxy, secret) }),
  }
}

function listLogins(fields: Fields): NonNullable<StoredCredential['login']>[] {
  const { username = '', password, bearerToken, ssh, githubApp, azurePrincipal, codeCommit } = fields
  return [
    ...(password === undefined ? [] : [{ username, password }]),
    ...(bearerToken === undefined ? [] : [{ bearerToken }]),
    ...(ssh ? [ssh] : []),
    ...(githubApp ? [githubApp] : []),
    ...(azurePrincipal ? [azurePrincipal] : []),
    ...(codeCommit ? [{ codeCommit }] : []),
  ]
}

/** Parsers quote what they read, so what they say is dropped. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

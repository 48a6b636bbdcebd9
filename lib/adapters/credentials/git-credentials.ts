import * as z from 'zod/mini'
import { SyncError } from '../../core/errors.ts'
import type { GitCredential, ReadGitCredential } from '../git/credential.ts'
import type { ReadSecretText } from './secret-texts.ts'

export interface GitCredentialOptions {
  readonly readText: ReadSecretText
  /** Begin of the names of the service's own secrets. */
  readonly prefix: string
}

const text = z.string().check(z.minLength(1))
const schema = z.strictObject({
  url: z.url(),
  username: z.optional(text),
  password: z.optional(text),
  bearerToken: z.optional(text),
  privateKey: z.optional(text),
  passphrase: z.optional(text),
  knownHosts: z.optional(text),
  ca: z.optional(text),
})

/**
 * How to log in to Git servers, from the secrets `<prefix>git/<namespace>/<name>`: JSON with the `url` below which the
 * credential may be sent, and `username` and `password`, or `bearerToken`, or for SSH `privateKey` and `knownHosts`
 * with `passphrase` where the key is encrypted; `ca` holds certificates to trust.
 * @throws {SyncError} (from the closure) GitAuthFailed where a secret says something else
 */
export function createGitCredentials({ readText, prefix }: GitCredentialOptions): ReadGitCredential {
  return async ({ namespace, name }) => {
    const secret = `${prefix}git/${namespace}/${name}`
    const json = await readText(secret)
    return json === null ? null : parseCredential(json, secret)
  }
}

function parseCredential(json: string, secret: string): GitCredential {
  const parsed = schema.safeParse(parseJson(json))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new SyncError('GitAuthFailed', { data: { secret, field } })
  }
  const { url, ca } = parsed.data
  const login = readLogin(parsed.data, secret)
  return { urlPrefix: url, ...(login && { login }), ...(ca !== undefined && { ca }) }
}

function readLogin(fields: z.infer<typeof schema>, secret: string): GitCredential['login'] {
  const { username = '', password, bearerToken, privateKey, passphrase, knownHosts } = fields
  if (privateKey !== undefined) {
    if (knownHosts === undefined)
      throw new SyncError('GitAuthFailed', { data: { secret, field: 'knownHosts' } })
    return { privateKey, knownHosts, ...(passphrase !== undefined && { passphrase }) }
  }
  if (bearerToken !== undefined) return { bearerToken }
  return password === undefined ? undefined : { username, password }
}

/** Parsers quote what they read, so what they say is dropped. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

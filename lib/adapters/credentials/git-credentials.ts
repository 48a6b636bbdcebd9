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
  ca: z.optional(text),
})

/**
 * How to log in to Git servers, from the secrets `<prefix>git/<namespace>/<name>`: JSON with the `url` below which the
 * credential may be sent, and `username` and `password`, or `bearerToken`; `ca` holds certificates to trust.
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
  const { url, username, password, bearerToken, ca } = parsed.data
  return {
    urlPrefix: url,
    ...(bearerToken !== undefined && { login: { bearerToken } }),
    ...(password !== undefined && { login: { username: username ?? '', password } }),
    ...(ca !== undefined && { ca }),
  }
}

/** Parsers quote what they read, so what they say is dropped. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

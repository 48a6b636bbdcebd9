import { createPrivateKey, type KeyObject } from 'node:crypto'
import * as z from 'zod/mini'
import { SyncError } from '../../../core/errors.ts'
import { signJwt } from '../../../core/jwt.ts'
import type { Egress } from '../../egress/egress.ts'
import { parseJsonAnswer } from '../../tokens/json-answer.ts'
import { keepToken, type ReadToken } from '../../tokens/keep-token.ts'
import { requestToken } from '../../tokens/request-token.ts'
import { keyTokenCodes } from './token-codes.ts'

const tokenUrl = 'https://oauth2.googleapis.com/token'
const scope = 'https://www.googleapis.com/auth/cloudkms'

const text = z.string().check(z.minLength(1))
const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('service_account'), client_email: text, private_key: text }),
  z.object({ type: z.literal('authorized_user'), client_id: text, client_secret: text, refresh_token: text }),
])

type Login = z.infer<typeof schema>

export interface GoogleTokenOptions {
  readonly egress: Egress
  /** What Google Cloud gives out as JSON: the key of a service account, or the log-in of `gcloud auth`. */
  readonly json: string
  /** What the JSON is called in errors: a variable, a file or a secret. */
  readonly source: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Access tokens for Google Cloud KMS. They are asked for at Google's own address, whatever the JSON says.
 * @throws {SyncError} SopsKeyInvalid at once; from the closure SopsKeyAccessDenied, SopsKeyServiceUnavailable
 * @see https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
 */
export function createGoogleToken({ egress, json, source, now }: GoogleTokenOptions): ReadToken {
  const login = parseLogin(json, source)
  const createForm =
    login.type === 'service_account' ? createAssertion(login, source, now) : () => createRefresh(login)
  const issue = () =>
    requestToken(egress, {
      url: tokenUrl,
      body: { form: createForm() },
      tokenPath: ['access_token'],
      lifetimePath: ['expires_in'],
      codes: keyTokenCodes,
    })
  return keepToken(issue, now)
}

function parseLogin(json: string, source: string): Login {
  const parsed = schema.safeParse(parseJsonAnswer(Buffer.from(json)))
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new SyncError('SopsKeyInvalid', { data: { source, field } })
}

function createRefresh(login: Extract<Login, { type: 'authorized_user' }>): Record<string, string> {
  const { client_id, client_secret, refresh_token } = login
  return { grant_type: 'refresh_token', client_id, client_secret, refresh_token }
}

/** A signed claim of who asks, good for an hour. */
function createAssertion(
  { client_email, private_key }: Extract<Login, { type: 'service_account' }>,
  source: string,
  now: () => number,
): () => Record<string, string> {
  const key = importPrivateKey(private_key, source)
  return () => {
    const iat = Math.floor(now() / 1000)
    const claims = { iss: client_email, scope, aud: tokenUrl, iat, exp: iat + 3600 }
    return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: signJwt(claims, key) }
  }
}

function importPrivateKey(pem: string, source: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new SyncError('SopsKeyInvalid', { data: { source, field: 'private_key' }, cause })
  }
}

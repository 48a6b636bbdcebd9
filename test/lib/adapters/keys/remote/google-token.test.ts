import { createPublicKey, verify } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createGoogleToken } from '../../../../../lib/adapters/keys/remote/google-token.ts'
import { createRecordingEgress } from '../../../../fakes/recording-egress.ts'
import { readKey } from '../read-fixture.ts'

const privateKey = readKey('rsa-pkcs8.pem').text
const serviceAccount = {
  type: 'service_account',
  client_email: 'sops@example.iam.gserviceaccount.com',
  private_key: privateKey,
  token_uri: 'https://evil.test/token',
}
const now = () => Date.UTC(2026, 0, 2)

function setUp(credentials: unknown) {
  const egress = createRecordingEgress(() => ({
    status: 200,
    body: '{"access_token":"t","expires_in":3599}',
  }))
  const json = typeof credentials === 'string' ? credentials : JSON.stringify(credentials)
  const create = () => createGoogleToken({ egress: egress.send, json, source: 'GOOGLE_CREDENTIALS', now })
  const readForm = () =>
    Object.fromEntries(new URLSearchParams(Buffer.from(egress.requests[0]?.body ?? '').toString()))
  return { egress, create, readForm }
}

describe('a token of Google', () => {
  it('is asked for with a claim that the key of the service account signed, at the address of Google', async () => {
    const { egress, create, readForm } = setUp(serviceAccount)
    const readToken = create()
    expect([await readToken(), await readToken()]).toEqual(['t', 't'])
    expect(egress.requests.map(({ url }) => url)).toEqual(['https://oauth2.googleapis.com/token'])
    const { grant_type, assertion = '' } = readForm()
    expect(grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(head)).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(read(claims)).toEqual({
      iss: 'sops@example.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloudkms',
      aud: 'https://oauth2.googleapis.com/token',
      iat: 1767312000,
      exp: 1767315600,
    })
    const signed = Buffer.from(`${head}.${claims}`)
    expect(verify('sha256', signed, createPublicKey(privateKey), Buffer.from(signature, 'base64url'))).toBe(
      true,
    )
  })

  it('is asked for with the log-in of a person', async () => {
    const login = { client_id: 'i', client_secret: 's', refresh_token: 'r' }
    const { create, readForm } = setUp({ type: 'authorized_user', ...login, quota_project_id: 'p' })
    await create()()
    expect(readForm()).toEqual({ grant_type: 'refresh_token', ...login })
  })

  it.each([
    ['no JSON', 'canary', ''],
    ['another type', { type: 'external_account', canary: 'canary' }, 'type'],
    ['no address', { ...serviceAccount, client_email: undefined }, 'client_email'],
    ['a key that is none', { ...serviceAccount, private_key: 'canary' }, 'private_key'],
  ])('is refused for %s, of which nothing is shown', (_, credentials, field) => {
    const { create } = setUp(credentials)
    let thrown: unknown
    try {
      create()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'SopsKeyInvalid', data: { source: 'GOOGLE_CREDENTIALS', field } })
    expect(inspect(thrown, { depth: 9, showHidden: true }) + JSON.stringify(thrown)).not.toContain('canary')
  })
})

import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEgress } from '../../../../../lib/adapters/egress/egress.ts'
import {
  createMintedCredentials,
  type StoredCredential,
} from '../../../../../lib/adapters/git/logins/minted-credentials.ts'
import { startHttpServer, type TestServer } from '../../../../servers/http-server.ts'

const privateKey = readFileSync(join(import.meta.dirname, '../../../../fixtures/keys/rsa-pkcs1.pem'), 'utf8')
const ref = { namespace: 'team', name: 'git' }
const urlPrefix = 'https://git.test/org'
const startedAt = Date.parse('2026-11-30T12:00:00Z')

let server: TestServer
let now: number
let seen: { method: string; target: string; authorization: string; body: string }[]
let answers: Record<string, { status?: number; body?: unknown }>

beforeAll(async () => {
  server = await startHttpServer(async (request, response) => {
    const body = await text(request)
    const { method = '', url: target = '', headers } = request as IncomingMessage
    seen.push({ method, target, authorization: headers.authorization ?? '', body })
    const answer = answers[`${method} ${target}`] ?? { status: 404 }
    response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.body ?? {}))
  })
})
afterAll(() => server.close())
beforeEach(() => {
  now = startedAt
  seen = []
  answers = {}
})

const createReader = (stored: StoredCredential | null) =>
  createMintedCredentials(async () => stored, {
    egress: createEgress({ allowHttp: true, allowLoopback: true }),
    now: () => now,
    readAwsCredentials: async () => ({ accessKeyId: 'AKID', secretAccessKey: 'key' }),
  })

const githubApp = (more: object) => ({
  urlPrefix,
  login: { appId: '12', privateKey, apiUrl: server.url, ...more },
})
const isoAfter = (minutes: number) => new Date(startedAt + minutes * 60_000).toISOString()

describe('createMintedCredentials', () => {
  it('hands on what needs no minting', async () => {
    const stored = { urlPrefix, login: { username: 'u', password: 'p' }, ca: 'PEM' }
    expect(await createReader(stored)(ref, urlPrefix)).toEqual(stored)
    expect(await createReader({ urlPrefix })(ref, urlPrefix)).toEqual({ urlPrefix })
    expect(await createReader(null)(ref, urlPrefix)).toBeNull()
    expect(seen).toEqual([])
  })

  it('asks GitHub for a token of the installation, and again shortly before it expires', async () => {
    const path = '/app/installations/34/access_tokens'
    answers = { [`POST ${path}`]: { status: 201, body: { token: 'ghs_1', expires_at: isoAfter(60) } } }
    const read = createReader(githubApp({ installationId: '34' }))
    const expected = { urlPrefix, login: { username: 'x-access-token', password: 'ghs_1' } }
    const both = Promise.all([read(ref, `${urlPrefix}/a`), read(ref, `${urlPrefix}/b`)])
    expect(await both).toEqual([expected, expected])
    now += 54 * 60_000
    await read(ref, `${urlPrefix}/a`)
    expect(seen.map(({ target }) => target)).toEqual([path])
    now += 2 * 60_000
    answers = { [`POST ${path}`]: { status: 201, body: { token: 'ghs_2', expires_at: isoAfter(116) } } }
    expect(await read(ref, `${urlPrefix}/a`)).toMatchObject({ login: { password: 'ghs_2' } })
  })

  it('presents the app by a token that its key signed', async () => {
    answers = {
      'POST /app/installations/34/access_tokens': { body: { token: 't', expires_at: isoAfter(60) } },
    }
    await createReader(githubApp({ installationId: '34' }))(ref, urlPrefix)
    const [head = '', claims = '', signature = ''] = (seen[0]?.authorization ?? '')
      .replace('Bearer ', '')
      .split('.')
    const iat = startedAt / 1000 - 30
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: '12',
      iat,
      exp: iat + 120,
    })
    const signed = Buffer.from(`${head}.${claims}`)
    const key = createPublicKey(privateKey)
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('finds the installation of an organisation or else of a user', async () => {
    answers = {
      'GET /users/ann/installation': { body: { id: 56 } },
      'POST /app/installations/56/access_tokens': { body: { token: 't', expires_at: isoAfter(60) } },
    }
    await createReader(githubApp({ owner: 'ann' }))(ref, urlPrefix)
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /orgs/ann/installation',
      'GET /users/ann/installation',
      'POST /app/installations/56/access_tokens',
    ])
  })

  it('asks Entra for a bearer token', async () => {
    answers = { 'POST /tenant/oauth2/v2.0/token': { body: { access_token: 'aad', expires_in: 3600 } } }
    const login = { tenantId: 'tenant', clientId: 'c', clientSecret: 's&=', authorityUrl: server.url }
    expect(await createReader({ urlPrefix, login })(ref, urlPrefix)).toEqual({
      urlPrefix,
      login: { bearerToken: 'aad' },
    })
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'c',
      client_secret: 's&=',
      scope: '499b84ac-1321-427f-aa17-267ca6975798/.default',
    })
  })

  it('adds the proxy that is named beside a login, and reaches GitHub and Entra through it', async () => {
    const through: unknown[] = []
    const stored = {
      login: githubApp({ installationId: '34' }),
      proxy: { urlPrefix, proxy: { address: 'http://proxy.test:3128' } },
    }
    const read = createMintedCredentials(async ({ name }) => stored[name as keyof typeof stored] ?? null, {
      egress: async (request) => {
        through.push(request.proxy)
        const body = Buffer.from(JSON.stringify({ token: 't', expires_at: isoAfter(60) }))
        return { url: new URL(request.url), status: 201, headers: {}, body }
      },
      now: () => now,
      readAwsCredentials: async () => ({ accessKeyId: 'AKID', secretAccessKey: 'key' }),
    })
    const { proxy } = stored.proxy
    const named = { namespace: 'team', name: 'proxy' }
    expect(await read({ namespace: 'team', name: 'login', proxy: named }, urlPrefix)).toEqual({
      urlPrefix,
      login: { username: 'x-access-token', password: 't' },
      proxy,
    })
    expect(through).toEqual([proxy])
    const without = { namespace: 'team', name: '', cluster: 'prod' }
    expect(await read({ ...without, proxy: named }, urlPrefix)).toEqual({ urlPrefix, proxy })
    await expect(read({ ...without, proxy: { ...named, name: 'gone' } }, urlPrefix)).rejects.toMatchObject({
      code: 'GitAuthFailed',
      data: { proxy: 'team/gone' },
    })
  })

  it.each<[string, object, Record<string, { status?: number; body?: unknown }>, string]>([
    ['a key that cannot be read', { privateKey: 'canary-key' }, {}, 'GitAuthFailed'],
    ['no installation', { owner: 'none', installationId: undefined }, {}, 'GitAuthFailed'],
    ['a refusal', {}, { 'POST /app/installations/34/access_tokens': { status: 401 } }, 'GitAuthFailed'],
    ['an outage', {}, { 'POST /app/installations/34/access_tokens': { status: 502 } }, 'GitUnavailable'],
    ['an answer without a token', {}, { 'POST /app/installations/34/access_tokens': {} }, 'GitAuthFailed'],
  ])('reports %s, and asks again next time', async (_, more, given, code) => {
    answers = given
    const read = createReader(githubApp({ installationId: '34', ...more }) as StoredCredential)
    const thrown = await read(ref, urlPrefix).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    const before = seen.length
    await read(ref, urlPrefix).catch(() => {})
    expect(seen.length).toBe(2 * before)
  })
})

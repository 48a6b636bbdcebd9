import { afterEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import type { GitCredential } from '../../../../lib/adapters/git/credential.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { flushPkt, formatPktLine } from '../../../../lib/core/git/pkt-line.ts'
import { startGitHttpServer } from '../../../servers/git-http-server.ts'
import { testCertificate } from '../../../servers/http-server.ts'
import {
  protocol2Offer,
  startUploadPackServer,
  type UploadPackAnswer,
} from '../../../servers/upload-pack-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })
const credentials = { namespace: 'team', name: 'git' }
const refs = formatPktLine(`${'1'.repeat(40)} refs/heads/main`) + flushPkt
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

const createClient = (credential: GitCredential | null) =>
  createGitClient({ egress, connect, readCredential: async () => credential })

/** A server that notes what logs in to it. */
async function startRecorder(advertise?: (target: string) => UploadPackAnswer, scheme?: 'http' | 'https') {
  const logins: (string | undefined)[] = []
  const server = await startUploadPackServer({
    ...(scheme && { scheme }),
    advertise: ({ headers, url = '' }) => {
      logins.push(headers.authorization)
      return advertise?.(url) ?? { body: protocol2Offer }
    },
    answer: (_, { headers }) => {
      logins.push(headers.authorization)
      return { body: refs }
    },
  })
  cleanups.push(() => server.close())
  return { ...server, logins }
}

describe('createGitClient', () => {
  it('logs in with the first request', async () => {
    const login = { username: 'x-access-token', password: 'pässword:1' }
    const server = await startGitHttpServer({ credentials: login })
    cleanups.push(() => server.close())
    const commit = server.createRepository('app.git').commit({ a: '1' })
    const url = `${server.url}/app.git`
    const client = createClient({ urlPrefix: server.url, login })
    expect((await client.listRefs({ url, credentials })).refs.get('HEAD')).toBe(commit)
    expect(server.requests).toHaveLength(2)
    const wrong = createClient({ urlPrefix: server.url, login: { ...login, password: 'canary' } })
    const thrown = await wrong.listRefs({ url, credentials }).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'GitAuthFailed', data: { status: 401 } })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    await expect(client.listRefs({ url })).rejects.toMatchObject({ code: 'GitAuthFailed' })
  })

  it('sends a bearer token', async () => {
    const { url, logins } = await startRecorder()
    const client = createClient({ urlPrefix: url, login: { bearerToken: 'token' } })
    await client.listRefs({ url: `${url}/org/app`, credentials })
    expect(logins).toEqual(['Bearer token', 'Bearer token'])
  })

  it('trusts the certificate of the credential beside the public ones', async () => {
    const { url, logins } = await startRecorder(undefined, 'https')
    const remote = { url: `${url}/org/app`, credentials }
    await createClient({ urlPrefix: url, ca: testCertificate }).listRefs(remote)
    expect(logins).toEqual([undefined, undefined])
    await expect(createClient({ urlPrefix: url }).listRefs(remote)).rejects.toMatchObject({
      code: 'GitUnavailable',
      data: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })

  it('sends nothing where the credential does not exist', async () => {
    const { url, logins } = await startRecorder()
    const remote = { url: `${url}/org/app`, credentials }
    await expect(createClient(null).listRefs(remote)).rejects.toMatchObject({
      code: 'GitAuthFailed',
      data: { credentials: 'team/git' },
    })
    expect(logins).toEqual([])
  })

  it('sends nothing to a URL that the credential is not for', async () => {
    const { url, logins } = await startRecorder()
    const client = createClient({ urlPrefix: `${url}/org`, login: { bearerToken: 'token' } })
    const remote = { url: `${url}/org-evil/app`, credentials }
    await expect(client.listRefs(remote)).rejects.toMatchObject({ code: 'NotPermitted' })
    expect(logins).toEqual([])
  })

  it('sends nothing to where a redirect leads out of the prefix', async () => {
    const { url, logins } = await startRecorder((target) =>
      target.startsWith('/org/') ? { status: 301, headers: { location: target.replace('org', 'evil') } } : {},
    )
    const client = createClient({ urlPrefix: `${url}/org`, login: { bearerToken: 'token' } })
    const remote = { url: `${url}/org/app`, credentials }
    await expect(client.listRefs(remote)).rejects.toMatchObject({ code: 'NotPermitted' })
    expect(logins).toEqual(['Bearer token'])
  })

  it('follows a redirect to the same repository with `.git`, once', async () => {
    const targets: string[] = []
    const { url, logins } = await startRecorder((target) => {
      targets.push(target)
      return target.startsWith('/org/app/')
        ? { status: 301, headers: { location: target.replace('app/', 'app.git/') } }
        : { body: protocol2Offer }
    })
    const client = createClient({ urlPrefix: `${url}/org/app`, login: { bearerToken: 'token' } })
    const remote = { url: `${url}/org/app/`, credentials }
    await client.listRefs(remote)
    await client.listRefs(remote)
    expect(targets).toHaveLength(2)
    expect(logins).toEqual(Array(4).fill('Bearer token'))
  })

  it('follows no redirect to what is not the refs of a repository', async () => {
    const { url } = await startRecorder((target) =>
      target.startsWith('/org/')
        ? { status: 302, headers: { location: '/login' } }
        : { body: protocol2Offer },
    )
    const list = createClient(null).listRefs({ url: `${url}/org/app` })
    await expect(list).rejects.toMatchObject({ code: 'GitUnavailable' })
  })

  it.each<[string, UploadPackAnswer, string]>([
    ['401', { status: 401 }, 'GitAuthFailed'],
    ['403', { status: 403 }, 'GitAuthFailed'],
    ['a page to log in on', { status: 203, headers: { 'content-type': 'text/html' } }, 'GitAuthFailed'],
    ['404', { status: 404 }, 'GitRepositoryNotFound'],
    ['429', { status: 429 }, 'GitUnavailable'],
    ['503', { status: 503 }, 'GitUnavailable'],
    ['a page for people', { headers: { 'content-type': 'text/html; charset=utf-8' } }, 'GitUnavailable'],
    [
      'the dumb protocol',
      { headers: { 'content-type': 'text/plain' }, body: refs },
      'GitProtocolUnsupported',
    ],
    ['nonsense', { body: 'nonsense' }, 'GitDataInvalid'],
  ])('tells %s apart', async (_, answer, code) => {
    const { url } = await startRecorder(() => answer)
    await expect(createClient(null).listRefs({ url: `${url}/org/app` })).rejects.toMatchObject({ code })
  })

  it('refuses repositories of SHA-256 and URLs of other schemes', async () => {
    const server = await startGitHttpServer()
    cleanups.push(() => server.close())
    server.createRepository('sha256.git', 'sha256').commit({ a: '1' })
    const client = createClient(null)
    const list = (url: string) => client.listRefs({ url })
    await expect(list(`${server.url}/sha256.git`)).rejects.toMatchObject({ code: 'GitProtocolUnsupported' })
    await expect(list('ftp://git.test/org/app')).rejects.toMatchObject({ code: 'GitProtocolUnsupported' })
    await expect(list('git@git.test:org/app')).rejects.toMatchObject({ code: 'GitProtocolUnsupported' })
    await expect(list('https://169.254.169.254/a')).rejects.toMatchObject({ code: 'EgressForbidden' })
  })

  it('keeps apart what two grants have read', async () => {
    const server = await startGitHttpServer()
    cleanups.push(() => server.close())
    const commit = server.createRepository('app.git').commit({ a: '1' })
    const client = createClient({ urlPrefix: server.url })
    const remote = { url: `${server.url}/app.git`, credentials }
    await client.open(remote, commit)
    const before = server.requests.length
    await client.open(remote, commit)
    expect(server.requests).toHaveLength(before)
    await client.open({ ...remote, credentials: { namespace: 'other', name: 'git' } }, commit)
    expect(server.requests).toHaveLength(before + 2)
  })
})

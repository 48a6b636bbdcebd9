import { afterEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import type { GitCredential } from '../../../../lib/adapters/git/credential.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { type GitHttpServer, startGitHttpServer } from '../../../servers/git-http-server.ts'
import { startGitSshServer } from '../../../servers/git-ssh-server.ts'
import { testCertificate } from '../../../servers/http-server.ts'
import { type ProxyServerOptions, startProxyServer } from '../../../servers/proxy-server.ts'
import { startSocksServer } from '../../../servers/socks-server.ts'

const embedded = { allowHttp: true, allowLoopback: true }
const credentials = { namespace: 'team', name: 'git' }
const gitLogin = { username: 'reader', password: 'canary-of-git' }
const proxyLogin = { username: 'egress', password: 'canary-of-proxy' }
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

function track<Server extends { close(): Promise<void> }>(server: Server): Server {
  cleanups.push(() => server.close())
  return server
}

const createClient = (credential: GitCredential) =>
  createGitClient({
    egress: createEgress(embedded),
    connect: createConnect(embedded),
    readCredential: async () => credential,
  })

async function startGit(scheme: 'http' | 'https' = 'https') {
  const server = track(await startGitHttpServer({ scheme, credentials: gitLogin }))
  const commit = server.createRepository('app.git').commit({ 'a/b.txt': 'content' })
  return { ...server, commit, remote: { url: `${server.url}/app.git`, credentials } }
}

const start = async (options?: ProxyServerOptions) => track(await startProxyServer(options))

const credentialFor = ({ url }: GitHttpServer, proxy: GitCredential['proxy']): GitCredential => ({
  urlPrefix: url,
  login: gitLogin,
  ca: testCertificate,
  ...(proxy && { proxy }),
})

/** Reads a file through the proxy as a look does: refs, trees, contents. */
async function readThrough(git: Awaited<ReturnType<typeof startGit>>, proxy: GitCredential['proxy']) {
  const client = createClient(credentialFor(git, proxy))
  const { refs } = await client.listRefs(git.remote)
  const snapshot = await client.open(git.remote, refs.get('HEAD') ?? '')
  return Buffer.from((await snapshot.readFiles(['a/b.txt'])).get('a/b.txt') ?? []).toString()
}

describe('a proxy for https', () => {
  it.each(['http', 'https'] as const)(
    'is an %s one that makes one tunnel for a whole look',
    async (scheme) => {
      const git = await startGit()
      const proxy = await start({ scheme })
      expect(await readThrough(git, { address: proxy.address })).toBe('content')
      expect(proxy.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
        `CONNECT ${new URL(git.url).host}`,
      ])
      expect(git.requests.length).toBeGreaterThan(2)
    },
  )

  it('sees its own login alone, and the Git server that of Git alone', async () => {
    const git = await startGit()
    const proxy = await start({ login: proxyLogin })
    expect(await readThrough(git, { address: proxy.address, login: proxyLogin })).toBe('content')
    const [asked] = proxy.requests
    expect(asked?.headers['proxy-authorization']).toBe(
      `Basic ${Buffer.from('egress:canary-of-proxy').toString('base64')}`,
    )
    expect(asked?.headers.authorization).toBeUndefined()
    expect(git.requests.map(({ headers }) => headers['proxy-authorization'])).toEqual(
      git.requests.map(() => undefined),
    )
    const seen = proxy.tunnelled().toString('latin1')
    expect(seen.length).toBeGreaterThan(500)
    for (const secret of [
      gitLogin.password,
      Buffer.from('reader:canary-of-git').toString('base64'),
      'app.git',
    ])
      expect(seen).not.toContain(secret)
  })

  it.each([
    ['no login', undefined],
    ['a wrong one', { username: 'egress', password: 'canary-of-guess' }],
  ])('refuses %s with 407, and nothing goes on', async (_, login) => {
    const git = await startGit()
    const { address } = await start({ login: proxyLogin })
    const thrown = await readThrough(git, { address, ...(login && { login }) }).catch(
      (caught: unknown) => caught,
    )
    expect(thrown).toMatchObject({ code: 'ProxyRefused', data: { proxy: address, status: 407 } })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    expect(git.requests).toEqual([])
  })

  it.each([
    ['403 Forbidden', 'ProxyRefused', 403],
    ['302 Found\r\nLocation: https://127.0.0.1/', 'ProxyRefused', 302],
    ['502 Bad Gateway', 'ProxyUnavailable', 502],
  ])('answers %j to the tunnel', async (refusal, code, status) => {
    const git = await startGit()
    const { address } = await start({ refusal })
    await expect(readThrough(git, { address })).rejects.toMatchObject({ code, data: { status } })
    expect(git.requests).toEqual([])
  })

  it('is down', async () => {
    const git = await startGit()
    const { address, close } = await startProxyServer()
    await close()
    await expect(readThrough(git, { address })).rejects.toMatchObject({
      code: 'ProxyUnavailable',
      data: { proxy: address, reason: 'ECONNREFUSED' },
    })
    expect(git.requests).toEqual([])
  })

  it('is not trusted with the name of the server, nor with its own certificate', async () => {
    const git = await startGit()
    const plain = await start()
    const { ca: _, ...untrusting } = credentialFor(git, { address: plain.address })
    await expect(createClient(untrusting).listRefs(git.remote)).rejects.toMatchObject({
      code: 'GitUnavailable',
      data: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    const { address } = await start({ scheme: 'https' })
    const { ca: __, ...blind } = credentialFor(git, { address, login: proxyLogin })
    await expect(createClient(blind).listRefs(git.remote)).rejects.toMatchObject({
      code: 'ProxyUnavailable',
      data: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    expect(git.requests).toEqual([])
  })
})

describe('a proxy for http', () => {
  it('is asked for whole URLs, with its login beside that of Git', async () => {
    const git = await startGit('http')
    const proxy = await start({ login: proxyLogin })
    expect(await readThrough(git, { address: proxy.address, login: proxyLogin })).toBe('content')
    expect(proxy.requests.every(({ target }) => target.startsWith(`${git.url}/app.git/`))).toBe(true)
    expect(git.requests.map(({ headers }) => headers.host)).toEqual(
      git.requests.map(() => new URL(git.url).host),
    )
    await expect(readThrough(git, { address: proxy.address })).rejects.toMatchObject({ code: 'ProxyRefused' })
  })
})

describe('a SOCKS proxy', () => {
  it('opens tunnels for https and http', async () => {
    for (const scheme of ['https', 'http'] as const) {
      const git = await startGit(scheme)
      const proxy = track(await startSocksServer({ login: proxyLogin }))
      expect(await readThrough(git, { address: proxy.address, login: proxyLogin })).toBe('content')
      expect(proxy.targets).toEqual([new URL(git.url).host])
      const wrong = { address: proxy.address, login: { ...proxyLogin, password: 'canary' } }
      const thrown = await readThrough(git, wrong).catch((caught: unknown) => caught)
      expect(thrown).toMatchObject({ code: 'ProxyRefused', data: { proxy: proxy.address } })
      expect(JSON.stringify(thrown)).not.toContain('canary')
    }
  })
})

describe('a proxy for ssh', () => {
  it.each<[string, () => Promise<{ address: string; close(): Promise<void> }>]>([
    ['http', () => startProxyServer()],
    ['socks5', () => startSocksServer()],
  ])('is an %s one', async (_, startProxy) => {
    const git = track(await startGitSshServer())
    const commit = git.createRepository('app.git').commit({ a: '1' })
    const proxy = track(await startProxy())
    const client = createClient({ urlPrefix: git.url, login: git.login, proxy: { address: proxy.address } })
    const { refs } = await client.listRefs({ url: `${git.url}/app.git`, credentials })
    expect(refs.get('HEAD')).toBe(commit)
    await proxy.close()
    const other = createClient({ urlPrefix: git.url, login: git.login, proxy: { address: proxy.address } })
    await expect(other.listRefs({ url: `${git.url}/app.git`, credentials })).rejects.toMatchObject({
      code: 'ProxyUnavailable',
    })
  })
})

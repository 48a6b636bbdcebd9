import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../../lib/adapters/egress/connect.ts'
import type { GitCredential, SshLogin } from '../../../../../lib/adapters/git/credential.ts'
import { createSshTransport } from '../../../../../lib/adapters/git/ssh/ssh-transport.ts'
import { findKnownHost } from '../../../../../lib/core/git/known-hosts.ts'
import { formatLsRefsRequest } from '../../../../../lib/core/git/ls-refs.ts'
import { type GitSshServer, generateSshKeys, startGitSshServer } from '../../../../servers/git-ssh-server.ts'

const credentials = { namespace: 'team', name: 'git' }
const otherKeys = generateSshKeys()
const lockedKey = readFileSync(
  join(import.meta.dirname, '../../../../fixtures/keys/ed25519-locked.ssh'),
  'utf8',
)

let server: GitSshServer

beforeAll(async () => {
  server = await startGitSshServer()
  server.createRepository("it's here.git").commit({ a: '1' })
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
})

function createTransport(credential: GitCredential | null, policy = { allowLoopback: true }) {
  return createSshTransport({ connect: createConnect(policy), readCredential: async () => credential })
}

const withLogin = (login: Partial<SshLogin>): GitCredential => ({
  urlPrefix: server.url,
  login: { ...server.login, ...login },
})

const locate = (path: string) => ({ url: `${server.url}/${path}`, credentials })

describe('createSshTransport', () => {
  it('asks for the path as it is, whatever is in it', async () => {
    const { body } = await createTransport(withLogin({}))
      .advertise(locate('a%20b.git'))
      .catch(() => ({ body: [] }))
    expect(body).toEqual([])
    expect(server.commands).toEqual(["git-upload-pack '/a b.git'"])
    server.commands.length = 0
    await createTransport(withLogin({}))
      .advertise(locate("x';touch x;'"))
      .catch(() => {})
    expect(server.commands).toEqual(["git-upload-pack '/x'\\'';touch x;'\\'''"])
  })

  it('uses one session for requests that follow each other', async () => {
    let connections = 0
    const connect = createConnect({ allowLoopback: true })
    const transport = createSshTransport({
      connect(request) {
        connections++
        return connect(request)
      },
      readCredential: async () => withLogin({}),
    })
    server.createRepository('app.git').commit({ a: '1' })
    await transport.advertise(locate('app.git'))
    await Promise.all([transport.advertise(locate('app.git')), transport.advertise(locate('app.git'))])
    expect([connections, server.commands.length]).toEqual([1, 3])
  })

  it.each<[string, () => GitCredential | null, string]>([
    ['no credential', () => null, 'GitAuthFailed'],
    [
      'a password',
      () => ({ urlPrefix: server.url, login: { username: 'a', password: 'b' } }),
      'GitAuthFailed',
    ],
    ['another key', () => withLogin({ privateKey: otherKeys.private }), 'GitAuthFailed'],
    ['a key that cannot be read', () => withLogin({ privateKey: 'canary-51f' }), 'GitAuthFailed'],
    ['a locked key without its passphrase', () => withLogin({ privateKey: lockedKey }), 'GitAuthFailed'],
    ['an empty known_hosts', () => withLogin({ knownHosts: '' }), 'GitHostKeyUnknown'],
    [
      'a known_hosts for another host',
      () => withLogin({ knownHosts: server.login.knownHosts.replace('127.0.0.1', 'git.test') }),
      'GitHostKeyUnknown',
    ],
    [
      'another host key',
      () =>
        withLogin({
          knownHosts: `${new URL(server.url).host.replace(/(.*):/, '[$1]:')} ${otherKeys.public}`,
        }),
      'GitHostKeyUnknown',
    ],
    [
      'a credential for another path',
      () => ({ ...withLogin({}), urlPrefix: `${server.url}/org` }),
      'NotPermitted',
    ],
    ['a credential for https', () => ({ ...withLogin({}), urlPrefix: 'https://127.0.0.1' }), 'NotPermitted'],
  ])('reads nothing with %s', async (_, credential, code) => {
    const thrown = await createTransport(credential())
      .advertise(locate('app.git'))
      .catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    expect(server.commands).toEqual([])
  })

  it('connects to no address that the policy does not allow', async () => {
    const transport = createTransport(withLogin({}), { allowLoopback: false })
    await expect(transport.advertise(locate('app.git'))).rejects.toMatchObject({ code: 'EgressForbidden' })
  })

  it('reports a server that is not there', async () => {
    const knownHosts = server.login.knownHosts.replace(/\]:\d+/, ']:1')
    const credential = { urlPrefix: 'ssh://127.0.0.1:1', login: { ...server.login, knownHosts } }
    expect(findKnownHost(knownHosts, '127.0.0.1', 1).trusted).toHaveLength(1)
    const advertise = createTransport(credential).advertise({ url: 'ssh://git@127.0.0.1:1/a', credentials })
    await expect(advertise).rejects.toMatchObject({
      code: 'GitUnavailable',
      data: { reason: 'ECONNREFUSED' },
    })
  })

  it('stops an answer that exceeds its limit', async () => {
    server.createRepository('large.git').commit({ a: '1' })
    const fetch = createTransport(withLogin({})).uploadPack(locate('large.git'), {
      repositoryUrl: server.url,
      version: 2,
      body: formatLsRefsRequest(),
      maxBodyBytes: 1,
    })
    await expect(fetch).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  })
})

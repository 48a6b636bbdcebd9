import { afterEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../../lib/adapters/git/git-client.ts'
import { findSshdObstacle, type Sshd, type SshdOptions, startSshd } from '../../../../servers/sshd.ts'

const obstacle = findSshdObstacle()
if (obstacle) console.log(`skipped: ${obstacle}`)

let sshd: Sshd | undefined

afterEach(async () => {
  await sshd?.close()
  sshd = undefined
})

const servers: [string, SshdOptions][] = [
  ['protocol 2, keys of ed25519', { acceptProtocol: true, hostKeyType: 'ed25519', userKeyType: 'ed25519' }],
  ['protocol 1, keys of RSA', { acceptProtocol: false, hostKeyType: 'rsa', userKeyType: 'rsa' }],
  [
    'keys of ECDSA and a passphrase',
    { acceptProtocol: true, hostKeyType: 'ecdsa', userKeyType: 'ecdsa', passphrase: 'open it' },
  ],
]

describe.skipIf(obstacle !== null)('createSshTransport with OpenSSH', () => {
  it.each(servers)('reads a repository over %s', async (_, options) => {
    const running = await startSshd(options)
    sshd = running
    const commit = running.createRepository('app.git').commit({ 'apps/a.yaml': 'a: 1\n' })
    const client = createGitClient({
      egress: createEgress({}),
      connect: createConnect({ allowLoopback: true }),
      readCredential: async () => ({ urlPrefix: running.url, login: running.login }),
    })
    const remote = { url: `${running.url}/app.git`, credentials: { namespace: 'team', name: 'git' } }
    expect((await client.listRefs(remote)).refs.get('refs/heads/main')).toBe(commit)
    const files = await (await client.open(remote, commit)).readFiles(['apps/a.yaml'])
    expect(Buffer.from(files.get('apps/a.yaml') ?? []).toString()).toBe('a: 1\n')
    const absent = client.listRefs({ ...remote, url: `${running.url}/absent.git` })
    await expect(absent).rejects.toMatchObject({ code: 'GitRepositoryNotFound' })
  })
})

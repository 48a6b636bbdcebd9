import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import type { SshLogin } from '../../../../lib/adapters/git/credential.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { describeGitClient } from '../../../contracts/git-client.ts'
import { startGitHttpServer } from '../../../servers/git-http-server.ts'
import { startGitSshServer } from '../../../servers/git-ssh-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })

const noFilter = { 'uploadpack.allowFilter': 'false' }
const tipsOnly = { 'uploadpack.allowReachableSHA1InWant': 'false' }

interface Offer {
  readonly protocol?: 0
  readonly settings?: Readonly<Record<string, string>>
}

const servers: [name: string, offer: Offer, read: number][] = [
  ['protocol 2', {}, 1],
  ['protocol 2 without filter', { settings: noFilter }, 0],
  ['protocol 1', { protocol: 0 }, 1],
  ['protocol 1, tips only', { protocol: 0, settings: tipsOnly }, 0],
]

for (const [name, offer, read] of servers) {
  const requests = { list: offer.protocol === 0 ? 1 : 2, read }
  describeGitClient(`${name} over http`, {
    create: () => createGitClient({ egress, connect, readCredential: async () => null }),
    startServer: () => startGitHttpServer(offer),
    requests,
  })

  let login: SshLogin
  let urlPrefix: string
  describeGitClient(`${name} over ssh`, {
    create: () => createGitClient({ egress, connect, readCredential: async () => ({ urlPrefix, login }) }),
    credentials: { namespace: 'team', name: 'git' },
    async startServer() {
      const server = await startGitSshServer(offer)
      login = server.login
      urlPrefix = server.url
      return server
    },
    requests,
  })
}

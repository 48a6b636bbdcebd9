import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { describeGitClient } from '../../../contracts/git-client.ts'
import type { GitHttpServerOptions } from '../../../servers/git-http-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const readCredential = async () => null

const noFilter = { 'uploadpack.allowFilter': 'false' }
const tipsOnly = { 'uploadpack.allowReachableSHA1InWant': 'false' }

const servers: [name: string, server: GitHttpServerOptions, read: number][] = [
  ['protocol 2', {}, 1],
  ['protocol 2 without filter', { settings: noFilter }, 0],
  ['protocol 1', { protocol: 0 }, 1],
  ['protocol 1, tips only', { protocol: 0, settings: tipsOnly }, 0],
]

for (const [name, server, read] of servers) {
  const requests = { list: server.protocol === 0 ? 1 : 2, read }
  describeGitClient(name, { create: () => createGitClient({ egress, readCredential }), server, requests })
}

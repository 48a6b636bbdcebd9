import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { describeGitClient } from '../../../contracts/git-client.ts'
import type { GitHttpServerOptions } from '../../../servers/git-http-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const create = () => createGitClient({ egress, readCredential: async () => null })

const noFilter = { 'uploadpack.allowFilter': 'false' }
const tipsOnly = { 'uploadpack.allowReachableSHA1InWant': 'false' }
const partial = { open: 1, read: 1 }
const whole = { open: 1, read: 0 }

const servers: [string, GitHttpServerOptions, typeof partial][] = [
  ['protocol 2 with filter', {}, partial],
  ['protocol 2 with filter, tips only', { settings: tipsOnly }, partial],
  ['protocol 2 without filter', { settings: noFilter }, whole],
  ['protocol 1 with filter', { protocol: 0 }, partial],
  ['protocol 1 with filter, tips only', { protocol: 0, settings: tipsOnly }, whole],
  ['protocol 1 without filter', { protocol: 0, settings: noFilter }, whole],
]

for (const [name, server, requests] of servers) {
  describeGitClient(name, { create, server, requests: { list: server.protocol === 0 ? 1 : 2, ...requests } })
}

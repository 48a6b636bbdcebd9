import { afterEach, expect, it } from 'vitest'
import { createClusterCredentials } from '../../../../lib/adapters/credentials/cluster-credentials.ts'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { createMintedCredentials } from '../../../../lib/adapters/git/logins/minted-credentials.ts'
import { parseGitRepository } from '../../../../lib/core/source/flux/git-repository.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { startKubeServer } from '../../../fakes/kube-server.ts'
import { createGitRepository } from '../../../fakes/manifests.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'
import { startGitHttpServer } from '../../../servers/git-http-server.ts'
import { testCertificate } from '../../../servers/http-server.ts'
import { startProxyServer } from '../../../servers/proxy-server.ts'

const gitLogin = { username: 'reader', password: 'git-password' }
const proxyLogin = { username: 'egress', password: 'proxy-password' }
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

const secret = (name: string, values: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'flux-system' },
  data: Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
})

/** A GitRepository of a cluster behind a proxy, and what lists its refs. */
async function start() {
  const [kube, git, proxy] = await Promise.all([
    startKubeServer(),
    startGitHttpServer({ scheme: 'https', credentials: gitLogin }),
    startProxyServer({ login: proxyLogin }),
  ])
  cleanups.push(git.close, proxy.close)
  const commit = git.createRepository('app.git').commit({ a: '1' })
  const clock = createFakeClock()
  const egress = createEgress({ allowLoopback: true })
  const readStored = createClusterCredentials({
    clients: new Map([['prod', kube.client()]]),
    telemetry: createRecordingTelemetry(),
    clock,
  })
  const readAwsCredentials = async () => ({ accessKeyId: '', secretAccessKey: '' })
  const client = createGitClient({
    egress,
    connect: createConnect({}),
    readCredential: createMintedCredentials(readStored, { egress, now: clock.now, readAwsCredentials }),
  })
  const spec = {
    url: `${git.url}/app.git`,
    secretRef: { name: 'login' },
    proxySecretRef: { name: 'proxy' },
    suspend: true,
  }
  const cluster = { name: 'prod', argocdNamespace: 'argocd' }
  const source = parseGitRepository(createGitRepository(spec), cluster)
  return { kube, git, proxy, commit, listRefs: async () => await client.listRefs(source) }
}

it('reaches a GitRepository with both of its Secrets, and takes a new one at once', async () => {
  const { kube, git, proxy, commit, listRefs } = await start()
  kube.put('secrets', secret('login', { ...gitLogin, 'ca.crt': testCertificate }))
  await expect(listRefs()).rejects.toMatchObject({
    code: 'GitAuthFailed',
    data: { proxy: 'flux-system/proxy' },
  })
  kube.put('secrets', secret('proxy', { address: proxy.address, username: 'egress', password: 'old' }))
  await expect(listRefs()).rejects.toMatchObject({ code: 'ProxyRefused', data: { status: 407 } })
  expect(git.requests).toEqual([])
  kube.put('secrets', secret('proxy', { address: proxy.address, ...proxyLogin }))
  expect((await listRefs()).refs.get('HEAD')).toBe(commit)
  expect(proxy.requests.map(({ method }) => method)).toEqual(['CONNECT', 'CONNECT'])
})

it('says which verb it lacks where it may read only the Secret of the login', async () => {
  const { kube, git, listRefs } = await start()
  kube.put('secrets', secret('login', { ...gitLogin, 'ca.crt': testCertificate }))
  kube.interrupt = ({ path }) => (path.endsWith('/secrets/proxy') ? { status: 403 } : null)
  await expect(listRefs()).rejects.toMatchObject({
    code: 'ClusterForbidden',
    data: { verb: 'get', resource: 'secrets', namespace: 'flux-system' },
  })
  expect(git.requests).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { createClusterCredentials } from '../../../../lib/adapters/credentials/cluster-credentials.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { type KubeObject, type KubeServer, startKubeServer } from '../../../fakes/kube-server.ts'
import { createRecordingTelemetry } from '../../../fakes/recording-telemetry.ts'

const url = 'https://git.test/org/app'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const secret = (
  name: string,
  values: Readonly<Record<string, string>>,
  { namespace = 'argocd', type = '' } = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace, ...(type !== '' && { labels: { 'argocd.argoproj.io/secret-type': type } }) },
  data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, base64(value)])),
})
const configMap = (name: string, data: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'argocd' },
  data,
})
const open = (server: KubeServer) => {
  const telemetry = createRecordingTelemetry()
  const clock = createFakeClock()
  const clients = new Map([['prod', server.client()]])
  return { read: createClusterCredentials({ clients, telemetry, clock }), telemetry, clock }
}
const named = { cluster: 'prod', namespace: 'team', name: 'creds' }
const looked = { cluster: 'prod', namespace: 'argocd', name: '', project: 'default' }

describe('a Secret by its name', () => {
  it('is read anew each time, so that a replaced one counts', async () => {
    const server = await startKubeServer()
    const { read } = open(server)
    expect(await read(named, url)).toBeNull()
    server.put('secrets', secret('creds', { username: 'u', password: 'p' }, { namespace: 'team' }))
    expect(await read(named, url)).toEqual({ urlPrefix: url, login: { username: 'u', password: 'p' } })
    expect(server.calls.map(({ path }) => path)).toEqual(
      Array(2).fill('/api/v1/namespaces/team/secrets/creds'),
    )
  })

  it('may hold a proxy', async () => {
    const server = await startKubeServer()
    const { read } = open(server)
    server.put('secrets', secret('creds', { address: 'http://proxy.test:3128' }, { namespace: 'team' }))
    const proxy = { address: 'http://proxy.test:3128' }
    expect(await read({ ...named, holds: 'proxy' }, 'ssh://git@git.test/o/r')).toMatchObject({ proxy })
  })

  it('fails where the cluster does not let it be read, or is not known', async () => {
    const server = await startKubeServer()
    server.interrupt = () => ({ status: 403 })
    const { read } = open(server)
    await expect(read(named, url)).rejects.toMatchObject({
      code: 'ClusterForbidden',
      data: { verb: 'get', resource: 'secrets', namespace: 'team' },
    })
    await expect(read({ ...named, cluster: 'dev' }, url)).rejects.toMatchObject({ code: 'GitAuthFailed' })
  })
})

describe('a lookup among the Secrets of Argo CD', () => {
  it('finds the one for the URL, with the hosts and the CA that Argo CD trusts', async () => {
    const server = await startKubeServer()
    server.put('secrets', secret('repo', { url, password: 'p' }, { type: 'repository' }))
    server.put(
      'secrets',
      secret('key', { url: 'git@git.test:o/r', sshPrivateKey: 'k' }, { type: 'repository' }),
    )
    server.put(
      'configmaps',
      configMap('argocd-ssh-known-hosts-cm', { ssh_known_hosts: 'git.test ssh-ed25519 AAAA' }),
    )
    server.put('configmaps', configMap('argocd-tls-certs-cm', { 'git.test': 'pem' }))
    const { read } = open(server)
    expect(await read(looked, url)).toEqual({
      urlPrefix: url,
      login: { username: 'x-access-token', password: 'p' },
      ca: 'pem',
    })
    expect(await read(looked, 'ssh://git@git.test/o/r')).toMatchObject({
      login: { privateKey: 'k\n', knownHosts: 'git.test ssh-ed25519 AAAA' },
    })
    expect(await read(looked, 'https://git.test/other')).toEqual({
      urlPrefix: 'https://git.test/other',
      ca: 'pem',
    })
    expect(await read(looked, 'https://other.test/other')).toBeNull()
    expect(server.calls).toHaveLength(3)
    expect(server.calls[0]?.query.get('labelSelector')).toBe(
      'argocd.argoproj.io/secret-type in (repository,repo-creds)',
    )
  })

  it('is made again after a minute', async () => {
    const server = await startKubeServer()
    const { read, clock } = open(server)
    expect(await read(looked, url)).toBeNull()
    server.put('secrets', secret('repo', { url, password: 'p' }, { type: 'repository' }))
    expect(await read(looked, url)).toBeNull()
    clock.advance(60_000)
    expect(await read(looked, url)).not.toBeNull()
  })

  it('leads to nothing where the Secrets may not be listed, and says so', async () => {
    const server = await startKubeServer()
    server.interrupt = () => ({ status: 403 })
    const { read, telemetry } = open(server)
    expect(await read(looked, url)).toBeNull()
    expect(telemetry.lines).toContainEqual({
      level: 'warn',
      message: 'credentials of Argo CD not readable',
      fields: { code: 'ClusterForbidden', step: 'argocd' },
    })
  })

  it('passes over a template that ends within a name, and says so', async () => {
    const server = await startKubeServer()
    server.put(
      'secrets',
      secret('org', { url: 'https://git.test/org', password: 'p' }, { type: 'repo-creds' }),
    )
    const { read, telemetry } = open(server)
    expect(await read(looked, 'https://git.test/org-evil/x')).toBeNull()
    expect(telemetry.lines.map(({ fields }) => fields.step)).toEqual(['argocd/org'])
    expect(await read(looked, url)).toMatchObject({ urlPrefix: url })
  })

  it('fails, and is tried again, where the cluster does not answer', async () => {
    const server = await startKubeServer()
    const { read } = open(server)
    server.interrupt = () => ({ status: 401 })
    await expect(read(looked, url)).rejects.toMatchObject({ code: 'ClusterAuthFailed' })
    server.interrupt = () => null
    expect(await read(looked, url)).toBeNull()
  })
})

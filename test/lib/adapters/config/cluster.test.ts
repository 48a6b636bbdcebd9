import { describe, expect, it } from 'vitest'
import { createClusterSource } from '../../../../lib/adapters/config/cluster.ts'
import type { Manifest } from '../../../../lib/core/config/manifest.ts'
import {
  createConfigManifest,
  readyStatus,
  repositoryManifest,
  secretManifest,
  testConfigSource,
} from '../../../contracts/config-source.ts'
import { startKubeServer } from '../../../fakes/kube-server.ts'

const plurals: Readonly<Record<string, string>> = {
  SecretManagerConfig: 'secretmanagerconfigs',
  GitRepository: 'gitrepositories',
  Application: 'applications',
  Kustomization: 'kustomizations',
  AppProject: 'appprojects',
  ConfigMap: 'configmaps',
  Secret: 'secrets',
}
const pluralOf = ({ kind }: Manifest) => plurals[kind] ?? ''
const open = async (served?: readonly string[]) => {
  const server = await startKubeServer(served)
  return { server, source: createClusterSource({ name: 'prod', client: server.client() }) }
}

testConfigSource('cluster', async () => {
  const { server, source } = await open()
  return {
    source,
    publish: async (manifest) => server.put(pluralOf(manifest), { ...manifest }),
    withdraw: async (manifest) => server.remove(pluralOf(manifest), { ...manifest }),
    publishUnreadable: async () =>
      server.put('secretmanagerconfigs', {
        apiVersion: 'secret-management.octopilot.io/v1beta1',
        kind: 'SecretManagerConfig',
        metadata: { name: 'B', namespace: 'apps', generation: 'none' },
      }),
  }
})

describe('a cluster as the source of configs', () => {
  it('falls back to the version of GitRepository that the cluster serves', async () => {
    const { server, source } = await open()
    const old = { ...repositoryManifest, apiVersion: 'source.toolkit.fluxcd.io/v1beta2' }
    server.put('gitrepositories', old)
    server.interrupt = ({ path }) =>
      path.includes('/v1/') ? { status: 404, body: '404 page not found' } : null
    expect(await source.listSources('GitRepository')).toMatchObject([old])
    const ref = { kind: 'GitRepository', namespace: 'flux-system', name: 'infra' } as const
    expect(await source.readSource(ref)).toMatchObject(old)
  })

  it('has no sources of a kind that the cluster does not know', async () => {
    const { source } = await open(['secretmanagerconfigs'])
    expect(await source.listSources('Application')).toEqual([])
    expect(await source.readProject('default')).toBeNull()
  })

  it('tells the version of variables, and what it may not read', async () => {
    const { server, source } = await open()
    const { metadata } = secretManifest
    server.put('secrets', { ...secretManifest, metadata: { ...metadata, resourceVersion: '7' } })
    const ref = { kind: 'Secret', namespace: 'flux-system', name: 'variables' } as const
    expect(await source.readVariables(ref)).toEqual({ version: '7', values: new Map([['TOKEN', 'hunter2']]) })
    server.interrupt = () => ({ status: 403 })
    await expect(source.readVariables(ref)).rejects.toMatchObject({
      code: 'ClusterForbidden',
      data: { verb: 'get', resource: 'secrets' },
    })
  })

  it('reads 500 objects at a time, and 100 of the large Applications', async () => {
    const { server, source } = await open()
    await source.listConfigs()
    await source.listSources('GitRepository')
    await source.listSources('Application')
    expect(server.calls.map(({ query }) => query.get('limit'))).toEqual(['500', '500', '100'])
  })

  it('writes the status of its own kind and nothing else', async () => {
    const { server, source } = await open()
    server.put('secretmanagerconfigs', { ...createConfigManifest('a') })
    await source.writeStatus({ namespace: 'apps', name: 'a' }, readyStatus)
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /apis/secret-management.octopilot.io/v1beta1/namespaces/apps/secretmanagerconfigs/a/status',
    ])
  })

  it('fails where the cluster does, rather than being empty', async () => {
    const { server, source } = await open()
    server.interrupt = () => ({ status: 503 })
    await expect(source.listConfigs()).rejects.toMatchObject({ code: 'ConfigSourceUnavailable' })
    server.interrupt = () => ({ status: 403 })
    await expect(source.listConfigs()).rejects.toMatchObject({ code: 'ClusterForbidden' })
  })
})

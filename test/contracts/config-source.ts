import { beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '../../lib/core/config/manifest.ts'
import type { ResourceStatus } from '../../lib/core/status/resource-status.ts'
import type { ConfigSource } from '../../lib/ports.ts'

export interface ConfigSourceUnderTest {
  readonly source: ConfigSource
  /** Adds or replaces an object, as its owner would. */
  publish(manifest: Manifest): Promise<void>
  /** Removes an object, as its owner would. */
  withdraw(manifest: Manifest): Promise<void>
  /** Adds something that is no readable object; absent where the source cannot hold any. */
  publishUnreadable?(): Promise<void>
}

export function createConfigManifest(name: string, part: Partial<Manifest['metadata']> = {}): Manifest {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name, namespace: 'apps', ...part },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'infra', namespace: 'flux-system' },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'dev' },
    },
  }
}

export const repositoryManifest: Manifest = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name: 'infra', namespace: 'flux-system' },
  spec: { url: 'https://git.test/o/r', interval: '1m', ref: { branch: 'main' } },
}

export const applicationManifest: Manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'infra', namespace: 'flux-system' },
  spec: { source: { repoURL: 'https://git.test/o/r', path: '.', targetRevision: 'main' } },
}

export const kustomizationManifest: Manifest = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'infra', namespace: 'flux-system' },
  spec: { sourceRef: { kind: 'GitRepository', name: 'infra' }, path: './prod' },
}

export const projectManifest: Manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'team', namespace: 'argocd' },
  spec: { sourceRepos: ['https://git.test/o/*'] },
}

export const configMapManifest: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'variables', namespace: 'flux-system' },
  spec: undefined,
  data: { REGION: 'eu-west-1' },
}

export const secretManifest: Manifest = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'variables', namespace: 'flux-system' },
  spec: undefined,
  data: { TOKEN: 'aHVudGVyMg==' },
}

export const readyStatus: ResourceStatus = {
  phase: 'Ready',
  description: 'Successfully synced 2 secrets',
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      reason: 'ReconciliationSucceeded',
      message: 'Successfully synced 2 secrets',
      lastTransitionTime: '2026-01-31T08:00:00.000Z',
    },
  ],
  secretsSynced: 2,
  decryptionStatus: 'Success',
}

/** What every source of configs does. */
export function testConfigSource(kind: string, open: () => Promise<ConfigSourceUnderTest>): void {
  let peer: ConfigSourceUnderTest
  const names = async () =>
    (await peer.source.listConfigs()).manifests.map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    )

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: configs`, () => {
    it('are listed as they are at the time of the call', async () => {
      expect(await names()).toEqual([])
      await peer.publish(createConfigManifest('a'))
      await peer.publish(createConfigManifest('a', { namespace: 'other' }))
      await peer.publish(repositoryManifest)
      expect((await names()).toSorted()).toEqual(['apps/a', 'other/a'])
      await peer.withdraw(createConfigManifest('a'))
      expect(await names()).toEqual(['other/a'])
    })

    it('are read by namespace and name', async () => {
      await peer.publish(createConfigManifest('a', { annotations: { note: 'x' } }))
      expect(await peer.source.readConfig('apps', 'a')).toMatchObject(
        createConfigManifest('a', { annotations: { note: 'x' } }),
      )
      expect(await peer.source.readConfig('apps', 'b')).toBeNull()
      expect(await peer.source.readConfig('other', 'a')).toBeNull()
    })

    it('show a changed spec at once', async () => {
      await peer.publish(createConfigManifest('a'))
      await peer.source.readConfig('apps', 'a')
      await peer.publish({ ...createConfigManifest('a'), spec: { suspend: true } })
      expect(await peer.source.readConfig('apps', 'a')).toMatchObject({ spec: { suspend: true } })
    })

    it('are not hidden by something unreadable', async ({ skip }) => {
      if (!peer.publishUnreadable) return skip('this source holds readable objects only')
      await peer.publish(createConfigManifest('a'))
      await peer.publishUnreadable()
      const { manifests, problems } = await peer.source.listConfigs()
      expect(manifests).toHaveLength(1)
      expect(problems).toEqual([{ file: expect.any(String), message: expect.any(String) }])
    })

    it('have a source name that can begin an id', async () => {
      expect(peer.source.name).toMatch(/^[^/]+$/)
    })
  })

  describe(`${kind}: sources`, () => {
    it('are read by kind, namespace and name', async () => {
      await peer.publish(repositoryManifest)
      const ref = { kind: 'GitRepository', namespace: 'flux-system', name: 'infra' } as const
      expect(await peer.source.readSource(ref)).toMatchObject(repositoryManifest)
      expect(await peer.source.readSource({ ...ref, kind: 'Application' })).toBeNull()
      expect(await peer.source.readSource({ ...ref, namespace: 'apps' })).toBeNull()
      await peer.publish(applicationManifest)
      expect(await peer.source.readSource({ ...ref, kind: 'Application' })).toMatchObject(applicationManifest)
    })

    it('are listed by kind', async () => {
      await peer.publish(repositoryManifest)
      await peer.publish({
        ...repositoryManifest,
        metadata: { ...repositoryManifest.metadata, namespace: 'apps' },
      })
      await peer.publish(applicationManifest)
      await peer.publish(createConfigManifest('a'))
      const names = async (kind: 'GitRepository' | 'Application') =>
        (await peer.source.listSources(kind)).map(({ metadata }) => metadata.namespace).toSorted()
      expect(await names('GitRepository')).toEqual(['apps', 'flux-system'])
      expect(await names('Application')).toEqual(['flux-system'])
    })

    it('have Kustomizations', async () => {
      await peer.publish(kustomizationManifest)
      const ref = { namespace: 'flux-system', name: 'infra' }
      expect(await peer.source.readKustomization(ref)).toMatchObject(kustomizationManifest)
      expect(await peer.source.readKustomization({ ...ref, namespace: 'apps' })).toBeNull()
    })

    it('have variables in ConfigMaps and Secrets', async () => {
      const ref = { namespace: 'flux-system', name: 'variables' }
      const read = async (kind: 'ConfigMap' | 'Secret', namespace = ref.namespace) =>
        (await peer.source.readVariables({ ...ref, kind, namespace }))?.values ?? null
      await peer.publish(configMapManifest)
      expect(await read('Secret')).toBeNull()
      await peer.publish(secretManifest)
      expect(await read('ConfigMap')).toEqual(new Map([['REGION', 'eu-west-1']]))
      expect(await read('Secret')).toEqual(new Map([['TOKEN', 'hunter2']]))
      expect(await read('Secret', 'apps')).toBeNull()
      await peer.withdraw(configMapManifest)
      expect(await read('ConfigMap')).toBeNull()
    })

    it('have projects', async () => {
      await peer.publish(projectManifest)
      expect(await peer.source.readProject('team')).toMatchObject(projectManifest)
      expect(await peer.source.readProject('other')).toBeNull()
    })
  })

  describe(`${kind}: statuses`, () => {
    it('are shown on the resource where it has one, and harm nothing where it is gone', async () => {
      await peer.publish(createConfigManifest('a'))
      await peer.source.writeStatus({ namespace: 'apps', name: 'a' }, readyStatus)
      await peer.source.writeStatus({ namespace: 'apps', name: 'gone' }, readyStatus)
      const config = await peer.source.readConfig('apps', 'a')
      expect(config).toMatchObject(createConfigManifest('a'))
      if (peer.source.cluster) expect(config?.status).toMatchObject(readyStatus)
    })
  })
}

import type { Manifest } from '../../lib/core/config/manifest.ts'
import { readVariableFields } from '../../lib/core/flux/variable-object.ts'
import type { LiveCluster } from '../../lib/core/source/source.ts'
import type { ResourceStatus } from '../../lib/core/status/resource-status.ts'
import type { ConfigSource } from '../../lib/ports.ts'

export interface InMemoryConfigs extends ConfigSource {
  /** Adds or replaces an object. */
  put(manifest: Manifest): void
  remove(kind: string, name: string): void
  /** What was last shown on each config, by name. */
  readonly statuses: ReadonlyMap<string, ResourceStatus>
}

/** Manifests that a test changes as it goes. */
export function createInMemoryConfigs(name = 'm', cluster: LiveCluster | null = null): InMemoryConfigs {
  const objects = new Map<string, Manifest>()
  const puts = new Map<Manifest, number>()
  const statuses = new Map<string, ResourceStatus>()
  const find = (kind: string, namespace: string, objectName: string) =>
    objects.get(`${kind}/${namespace}/${objectName}`) ?? null
  return {
    name,
    cluster,
    statuses,
    put: (manifest) => {
      puts.set(manifest, puts.size)
      const { namespace, name: objectName } = manifest.metadata
      objects.set(`${manifest.kind}/${namespace}/${objectName}`, manifest)
    },
    remove: (kind, objectName) => {
      for (const key of objects.keys()) {
        if (key.startsWith(`${kind}/`) && key.endsWith(`/${objectName}`)) objects.delete(key)
      }
    },
    listConfigs: async () => ({
      manifests: [...objects.values()].filter(({ kind }) => kind === 'SecretManagerConfig'),
      problems: [],
    }),
    readConfig: async (namespace, objectName) => find('SecretManagerConfig', namespace, objectName),
    readSource: async ({ kind, namespace, name: objectName }) => find(kind, namespace, objectName),
    listSources: async (wanted) => [...objects.values()].filter(({ kind }) => kind === wanted),
    readKustomization: async ({ namespace, name: objectName }) =>
      find('Kustomization', namespace, objectName),
    readVariables: async ({ kind, namespace, name: objectName }) => {
      const found = find(kind, namespace, objectName)
      const values = found && readVariableFields(kind, found)
      return values && { values, ...(cluster && { version: String(puts.get(found)) }) }
    },
    readProject: async (projectName) =>
      [...objects.values()].find(
        ({ kind, metadata }) => kind === 'AppProject' && metadata.name === projectName,
      ) ?? null,
    writeStatus: async ({ name: objectName }, status) => void statuses.set(objectName, status),
  }
}

/** A GitRepository that follows `main`. */
export function createRepositoryManifest(spec: Readonly<Record<string, unknown>> = {}): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { namespace: 'shop', name: 'shop' },
    spec: { url: 'https://git.example/org/shop.git', interval: '1m', ref: { branch: 'main' }, ...spec },
  }
}

/** A Kustomization of Flux that applies `dev` of the repository `shop`. */
export function createKustomizationManifest(spec: Readonly<Record<string, unknown>> = {}): Manifest {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { namespace: 'shop', name: 'shop' },
    spec: { sourceRef: { kind: 'GitRepository', name: 'shop' }, path: './dev', ...spec },
  }
}

/** A ConfigMap or Secret beside the Kustomization. */
export function createVariableManifest(
  kind: 'ConfigMap' | 'Secret',
  name: string,
  values: Readonly<Record<string, string>>,
): Manifest {
  const fields = kind === 'Secret' ? { stringData: values } : { data: values }
  return { apiVersion: 'v1', kind, metadata: { namespace: 'shop', name }, spec: undefined, ...fields }
}

/** A config of the repository `shop`; `secrets` and `spec` override single fields. */
export function createConfigManifest(
  name: string,
  secrets: Readonly<Record<string, unknown>> = {},
  spec: Readonly<Record<string, unknown>> = {},
): Manifest {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { namespace: 'shop', name, generation: 1 },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'shop', namespace: 'shop' },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'dev', kustomizePath: 'dev', prefix: name, ...secrets },
      ...spec,
    },
  }
}

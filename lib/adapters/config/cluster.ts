import type { Manifest, ManifestListing } from '../../core/config/manifest.ts'
import { readObject } from '../../core/config/parse/parse-manifests.ts'
import { readVariableFields, type VariableFields, type VariableRef } from '../../core/flux/variable-object.ts'
import type { ObjectRef } from '../../core/source/source.ts'
import type { ConfigSource } from '../../ports.ts'
import type { KubeClient, KubeResource, ListOptions } from '../kube/kube-client.ts'

export interface ClusterSourceOptions {
  /** Cluster id: first part of every config's id. */
  readonly name: string
  readonly client: KubeClient
  /** Where Argo CD runs. */
  readonly argocdNamespace?: string
}

type Kind = Omit<KubeResource, 'namespace' | 'version'> & {
  /** The newest first; the first that the cluster serves is read. */
  readonly versions: readonly string[]
  /** Objects in one answer, where they are larger than others. */
  readonly pageSize?: number
}

const configs: Kind = {
  group: 'secret-management.octopilot.io',
  versions: ['v1beta1'],
  plural: 'secretmanagerconfigs',
}
const kustomizations: Kind = {
  group: 'kustomize.toolkit.fluxcd.io',
  versions: ['v1'],
  plural: 'kustomizations',
}
const projects: Kind = { group: 'argoproj.io', versions: ['v1alpha1'], plural: 'appprojects' }
const variables: Readonly<Record<VariableRef['kind'], KubeResource>> = {
  ConfigMap: { group: '', version: 'v1', plural: 'configmaps' },
  Secret: { group: '', version: 'v1', plural: 'secrets' },
}
const sources: Readonly<Record<ObjectRef['kind'], Kind>> = {
  GitRepository: {
    group: 'source.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    plural: 'gitrepositories',
  },
  Application: {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    plural: 'applications',
    pageSize: 100,
  },
}

/** Configs and sources from the API of a cluster, whose status is written back. */
export function createClusterSource({
  name,
  client,
  argocdNamespace = 'argocd',
}: ClusterSourceOptions): ConfigSource {
  const read = async (kind: Kind, namespace: string, objectName: string) =>
    await readFirst(client, kind, { namespace, name: objectName })
  return {
    name,
    cluster: { name, argocdNamespace },
    listConfigs: async () => readListing(await listFirst(client, configs), configs),
    readConfig: async (namespace, configName) => await read(configs, namespace, configName),
    readSource: async ({ kind, namespace, name: sourceName }) =>
      await read(sources[kind], namespace, sourceName),
    listSources: async (kind) => readListing(await listFirst(client, sources[kind]), sources[kind]).manifests,
    readKustomization: async ({ namespace, name: kustomizationName }) =>
      await read(kustomizations, namespace, kustomizationName),
    readVariables: async ({ kind, namespace, name: objectName }) => {
      const object = await client.get({ ...variables[kind], namespace }, objectName)
      if (object === null) return null
      const { metadata, ...fields } = object as VersionedObject
      return { version: metadata.resourceVersion, values: readVariableFields(kind, fields) }
    },
    readProject: async (projectName) => await read(projects, argocdNamespace, projectName),
    writeStatus: async (config, status) => {
      const { group, plural } = configs
      const resource = { group, version: 'v1beta1', plural, namespace: config.namespace }
      await client.applyStatus(resource, { kind: 'SecretManagerConfig', name: config.name, status })
    },
  }
}

async function readFirst(
  client: KubeClient,
  { versions, group, plural }: Kind,
  at: { readonly namespace: string; readonly name: string },
): Promise<Manifest | null> {
  for (const version of versions) {
    const object = await client.get({ group, version, plural, namespace: at.namespace }, at.name)
    const manifest = object === null ? null : readObject(object)
    if (manifest && 'metadata' in manifest) return manifest
  }
  return null
}

async function listFirst(
  client: KubeClient,
  { versions, group, plural, pageSize }: Kind,
): Promise<readonly ReadObject[]> {
  const options: ListOptions = { pick: readObject, ...(pageSize !== undefined && { pageSize }) }
  for (const version of versions) {
    const items = await client.list({ group, version, plural }, options)
    if (items !== null) return items as readonly ReadObject[]
  }
  return []
}

interface VersionedObject extends VariableFields {
  readonly metadata: { readonly resourceVersion: string }
}

type ReadObject = ReturnType<typeof readObject>

function readListing(items: readonly ReadObject[], { plural }: Kind): ManifestListing {
  const manifests: Manifest[] = []
  const problems = items.flatMap((read, n) => {
    if ('field' in read) return [{ file: `${plural}[${n}]`, message: `${read.field} is missing or illegal` }]
    manifests.push(read)
    return []
  })
  return { manifests, problems }
}

import { join } from 'node:path'
import { type KubeObject, readObjects } from '../control-plane/admin.ts'
import { kubernetesFolder } from '../control-plane/kinds.ts'

export type Fields = Readonly<Record<string, unknown>>
export type Texts = Readonly<Record<string, string>>

/** The only file of a service in raw mode. */
export const envFile = 'api/deployment-configuration/dev/application.secrets.env'

/** A SecretManagerConfig in raw mode that follows the GitRepository `shop`, and whose secrets begin with its name. */
export function createConfig(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name, namespace },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'shop', namespace },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'dev', prefix: name },
      ...spec,
    },
  }
}

/** A GitRepository that follows `main`. */
export function createRepository(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { interval: '1m', ref: { branch: 'main' }, ...spec },
  }
}

/** A Kustomization of Flux that applies the root of the GitRepository `shop`. */
export function createKustomization(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: {
      interval: '1m',
      prune: true,
      path: './',
      sourceRef: { kind: 'GitRepository', name: 'shop' },
      ...spec,
    },
  }
}

/** An Application of Argo CD with one source or several. */
export function createApplication(
  name: string,
  source: Fields | readonly Fields[],
  { namespace = 'argocd', project = 'default' } = {},
): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: {
      project,
      ...(Array.isArray(source) ? { sources: source } : { source }),
      destination: { server: 'https://kubernetes.default.svc', namespace: 'apps' },
    },
  }
}

/** The AppProject `name`, which allows every repository unless told. */
export function createProject(name: string, spec: Fields = { sourceRepos: ['*'] }): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec,
  }
}

export function createSecret(
  name: string,
  values: Texts,
  { namespace = 'apps', labels = {} }: { namespace?: string; labels?: Texts } = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData: values }
}

/** A Secret with which Argo CD knows a repository, or with `repo-creds` all repositories below a URL. */
export function createArgoSecret(type: 'repository' | 'repo-creds', name: string, values: Texts): KubeObject {
  const labels = { 'argocd.argoproj.io/secret-type': type }
  return createSecret(name, values, { namespace: 'argocd', labels })
}

export function createConfigMap(name: string, data: Texts, namespace = 'apps'): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }
}

/** The component `credentials` with a namespace and names patched in: lets the worker read these Secrets. */
export function createSecretGrant(names: readonly string[], namespace = 'apps'): KubeObject[] {
  return readObjects(join(kubernetesFolder, 'credentials/secrets.yaml')).map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace },
    ...(object.kind === 'Role' && {
      rules: (object['rules'] as Fields[]).map((rule) => ({ ...rule, resourceNames: names })),
    }),
  }))
}

/** What source-controller writes of a GitRepository when it has stored a commit of it. */
export function createArtifactStatus({ spec, metadata }: KubeObject, commit: string, now: number): Fields {
  const at = formatSeconds(now)
  const { branch, tag, name, semver } = (spec as { ref: Record<string, string | undefined> }).ref
  const label = branch ?? tag ?? name ?? semver
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: 'Succeeded',
    lastTransitionTime: at,
    message: '',
  })
  return {
    observedGeneration: metadata['generation'],
    artifact: {
      revision: `${label === undefined ? '' : `${label}@`}sha1:${commit}`,
      digest: `sha256:${'0'.repeat(64)}`,
      lastUpdateTime: at,
      path: `gitrepository/${metadata.namespace}/${metadata.name}/${commit}.tar.gz`,
      url: `http://source-controller.flux-system.svc.cluster.local./${commit}.tar.gz`,
    },
    conditions: [
      condition('Ready'),
      condition('ArtifactInStorage'),
      ...((spec as Fields)['verify'] === undefined ? [] : [condition('SourceVerified')]),
    ],
  }
}

/** What application-controller writes of an Application when it has compared the cluster with a commit. */
export function createComparison({ spec }: KubeObject, commit: string, now: number): Fields {
  const { source, sources } = spec as Fields
  const isMultiple = Array.isArray(sources)
  return {
    sync: {
      status: 'Synced',
      comparedTo: isMultiple ? { sources } : { source },
      ...(isMultiple ? { revisions: sources.map(() => commit) } : { revision: commit }),
    },
    reconciledAt: formatSeconds(now),
  }
}

function formatSeconds(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+/, '')
}

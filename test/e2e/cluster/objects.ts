import type { KubeObject } from './control-plane/admin.ts'

type Spec = Readonly<Record<string, unknown>>

/** A SecretManagerConfig of `apps` in raw mode, whose secrets begin with its name. */
export function createConfig(
  name: string,
  { spec = {}, namespace = 'apps' }: { spec?: Spec; namespace?: string } = {},
): KubeObject {
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

/** A GitRepository of `apps` that follows `main`. */
export function createRepository(
  name: string,
  { spec = {}, namespace = 'apps' }: { spec?: Spec; namespace?: string } = {},
): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { interval: '1m', ref: { branch: 'main' }, ...spec },
  }
}

/** What source-controller writes when it has stored an artifact, at a time in milliseconds since the epoch. */
export function createArtifactStatus(commit: string, now: number, changes: Spec = {}): Spec {
  const at = new Date(now).toISOString().replace(/\.\d+/, '')
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: 'Succeeded',
    lastTransitionTime: at,
    message: '',
  })
  return {
    observedGeneration: 1,
    artifact: {
      revision: `main@sha1:${commit}`,
      digest: `sha256:${'0'.repeat(64)}`,
      lastUpdateTime: at,
      path: 'x',
      url: 'http://x',
    },
    conditions: [condition('Ready'), condition('ArtifactInStorage')],
    ...changes,
  }
}

/** An Application of the namespace of Argo CD, compared with Git as it is. */
export function createApplication(
  name: string,
  source: Spec,
  { commit = '', now = Date.now(), namespace = 'argocd', project = 'default' } = {},
): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: { project, source, destination: { server: 'https://kubernetes.default.svc', namespace: 'apps' } },
    ...(commit !== '' && {
      status: {
        sync: { status: 'Synced', revision: commit, comparedTo: { source } },
        reconciledAt: new Date(now).toISOString(),
      },
    }),
  }
}

export function createProject(name: string, spec: Spec = { sourceRepos: ['*'] }): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec,
  }
}

export function createSecret(
  name: string,
  values: Readonly<Record<string, string>>,
  { namespace = 'apps', labels = {} }: { namespace?: string; labels?: Readonly<Record<string, string>> } = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData: values }
}

/** Lets the worker read these Secrets of a namespace, as the component `credentials` does. */
export function createSecretRole(namespace: string, names: readonly string[]): KubeObject[] {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'smc-git-credentials', namespace },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [...names], verbs: ['get'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'smc-git-credentials', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'smc-git-credentials' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'smc-worker' }],
    },
  ]
}

/** The only file of a service in raw mode. */
export const envFile = 'api/deployment-configuration/dev/application.secrets.env'

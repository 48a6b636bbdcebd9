import type { KubeObject } from '../control-plane/admin.ts'
import { createSecret, type Fields, formatSeconds, type Texts } from './objects.ts'

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

/** A Secret with which Argo CD knows a repository, or with `repo-creds` all repositories below a URL. */
export function createArgoSecret(type: 'repository' | 'repo-creds', name: string, values: Texts): KubeObject {
  const labels = { 'argocd.argoproj.io/secret-type': type }
  return createSecret(name, values, { namespace: 'argocd', labels })
}

/** What application-controller writes of an Application when it has compared the cluster with a commit. */
export function createComparison({ spec }: KubeObject, commit: string, now: number): Fields {
  const { source, sources, destination } = spec as Fields
  const isMultiple = Array.isArray(sources)
  return {
    sync: {
      status: 'Synced',
      comparedTo: { destination, ...(isMultiple ? { sources } : { source }) },
      ...(isMultiple ? { revisions: sources.map(() => commit) } : { revision: commit }),
    },
    reconciledAt: formatSeconds(now),
  }
}

/** Where the manifests of one config source are; `name` begins the ids of its configs. */
export type ConfigLocation =
  | { readonly kind: 'directory'; readonly name: string; readonly path: string }
  | { readonly kind: 's3'; readonly name: string; readonly bucket: string; readonly prefix: string }
  | ClusterLocation

/** A cluster, by the name of its kubeconfig among the service's own secrets. */
export interface ClusterLocation {
  readonly kind: 'cluster'
  readonly name: string
  readonly kubeconfig: string
  /** Where Argo CD runs. */
  readonly argocdNamespace: string
}

const namePattern = '[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?'
const directory = new RegExp(`^(?<name>${namePattern})=(?<path>[\\w./-]+)$`)
const s3 = new RegExp(
  `^(?<name>${namePattern})=s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?<prefix>[!-~]*))?$`,
)
const cluster = new RegExp(
  `^(?<name>${namePattern})=cluster://(?<kubeconfig>[\\w.-]{1,100})(?:\\?argocd=(?<argocd>[a-z0-9-]{1,63}))?$`,
)

/**
 * Reads `<name>=<folder>`, `<name>=s3://<bucket>/<prefix>` or `<name>=cluster://<kubeconfig>`, the last with
 * `?argocd=<namespace>` where Argo CD does not run in `argocd`; `null` for any other text.
 */
export function parseConfigLocation(text: string): ConfigLocation | null {
  const live = cluster.exec(text)?.groups
  if (live) {
    const { name = '', kubeconfig = '', argocd = 'argocd' } = live
    return { kind: 'cluster', name, kubeconfig, argocdNamespace: argocd }
  }
  const { name = '', bucket, prefix = '', path } = { ...(s3.exec(text) ?? directory.exec(text))?.groups }
  if (bucket !== undefined) return { kind: 's3', name, bucket, prefix }
  return path === undefined ? null : { kind: 'directory', name, path }
}

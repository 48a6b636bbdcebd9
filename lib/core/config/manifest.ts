/** A Kubernetes object as it was written; `spec` is not yet judged. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly uid?: string
    readonly generation?: number
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: unknown
  readonly status?: unknown
  /** Of a ConfigMap or Secret alone. */
  readonly data?: unknown
  readonly stringData?: unknown
}

/** A file that holds no readable manifest. */
export interface ManifestProblem {
  readonly file: string
  readonly message: string
  /** Where it can be in the way of nothing else: what the object is. */
  readonly kind?: 'ConfigMap' | 'Secret'
}

/** What a config source holds. */
export interface ManifestListing {
  readonly manifests: readonly Manifest[]
  readonly problems: readonly ManifestProblem[]
}

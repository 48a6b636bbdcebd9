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
}

/** A file that holds no readable manifest. */
export interface ManifestProblem {
  readonly file: string
  readonly message: string
}

/** What a config source holds. */
export interface ManifestListing {
  readonly manifests: readonly Manifest[]
  readonly problems: readonly ManifestProblem[]
}

import type { OverlaySettings } from '../kustomize/settings/overlay-settings.ts'

/** The object that a config follows. */
export interface ObjectRef {
  readonly kind: 'GitRepository' | 'Application'
  readonly namespace: string
  readonly name: string
}

/** What a config follows of the object that it names. */
export interface SourceChoice {
  /** The name or the number of one of several sources of an Application; `*` is all of them. */
  readonly source?: string
  /** The directory of the overlay, which may tell the source too. */
  readonly path?: string
  /** Not what Git has, but what was deployed last from there. */
  readonly revision?: 'deployed'
}

/** What to follow in a repository. */
export type Ref =
  | { readonly branch: string }
  | { readonly tag: string }
  /**
   * The highest tag in a range; `lenient` counts tags such as `v1.2` too, as Argo CD does and Flux does not. With a
   * prefix, only tags that begin with it, and the rest of each is the version.
   */
  | { readonly semver: string; readonly lenient?: true; readonly tagPrefix?: string }
  /** A full ref name, or (from Argo CD) the short name of a branch or else of a tag. */
  | { readonly name: string }
  /** 40 or 64 lower-case hex characters. */
  | { readonly commit: string }
  /** The first 7 to 39 of them. */
  | { readonly abbreviation: string }
  | { readonly head: true }

/** A name of credentials, never the credentials. */
export interface CredentialRef {
  readonly namespace: string
  /** `''` where there is no name: the repository itself says which (`project`), or none is needed to log in. */
  readonly name: string
  /** The cluster whose Secret it is; absent where it is a secret of the service. */
  readonly cluster?: string
  /** The AppProject whose repository Secrets of Argo CD in `namespace` are looked through for the repository. */
  readonly project?: string
  /** How a GitRepository wants to log in where that is not by what its Secret holds: `aws` and `azure` need no Secret. */
  readonly provider?: 'github' | 'aws' | 'azure'
  /** What holds the proxy that the repository is to be reached through; of the same cluster. */
  readonly proxy?: { readonly namespace: string; readonly name: string }
  /** What is named holds a proxy and no login. */
  readonly holds?: 'proxy'
}

/** A cluster whose objects are live: controllers write their status, and they name Secrets of the cluster. */
export interface LiveCluster {
  readonly name: string
  /** Where Argo CD runs, with its projects and repository Secrets. */
  readonly argocdNamespace: string
}

/** What Flux leaves out of the artifact of a GitRepository. */
export interface ArtifactFilter {
  /** Patterns of what is left out, in place of the default ones. */
  readonly ignore?: string
  /** The only directories that are in it; all where absent. */
  readonly directories?: readonly string[]
}

/** A Git repository and what to follow in it, read from a GitRepository or an Application. */
export interface Source {
  readonly origin: ObjectRef
  /** An http or https URL without user info, or an ssh URL with the user; no query, no fragment. */
  readonly url: string
  readonly ref: Ref
  readonly suspended: boolean
  /** The directory that an Application names, in the form of a `Tree`. */
  readonly path?: string
  /** What that object makes of the directory at `path`. */
  readonly overlay?: OverlaySettings
  /** More directories of the same revision that are published with that one; of equal objects the last counts. */
  readonly others?: readonly { readonly path: string; readonly overlay: OverlaySettings }[]
  readonly credentials?: CredentialRef
  /** The revision to take whatever the ref says now. */
  readonly pinned?: Revision
  /** The AppProject of an Application. */
  readonly project?: string
  /** Of a GitRepository: only what would be in its artifact is seen. */
  readonly artifact?: ArtifactFilter
}

/** One commit and the ref that led to it; its text is `main@sha1:<40 hex>`. */
export interface Revision {
  /** Short branch or tag name, full ref name, `HEAD`, or `''` for a bare commit. */
  readonly ref: string
  /** 40 lower-case hex characters, or 64 in a SHA-256 repository. */
  readonly commit: string
}

/** What a Git server advertises. */
export interface RefListing {
  /** Full ref name to object id; annotated tags are peeled to their commit. */
  readonly refs: ReadonlyMap<string, string>
  /** The full name of the branch that HEAD points at, where the server says so. */
  readonly head: string | null
}

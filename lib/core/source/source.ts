/** The object that a config follows. */
export interface ObjectRef {
  readonly kind: 'GitRepository' | 'Application'
  readonly namespace: string
  readonly name: string
}

/** What to follow in a repository; exactly one key. */
export type Ref =
  | { readonly branch: string }
  | { readonly tag: string }
  | { readonly semver: string }
  | { readonly name: string }
  | { readonly commit: string }
  | { readonly head: true }

/** A name of credentials, never the credentials. */
export interface CredentialRef {
  readonly namespace: string
  readonly name: string
}

/** A Git repository and what to follow in it, read from a GitRepository or an Application. */
export interface Source {
  readonly origin: ObjectRef
  readonly url: string
  readonly ref: Ref
  readonly suspended: boolean
  /** The directory that an Application names. */
  readonly path?: string
  readonly credentials?: CredentialRef
  /** The revision to take whatever the ref says now. */
  readonly pinned?: Revision
}

/** One commit and the ref that led to it; its text is `main@sha1:<40 hex>`. */
export interface Revision {
  /** Short branch or tag name, full ref name, `HEAD`, or `''` for a bare commit. */
  readonly ref: string
  readonly commit: string
}

/** What a Git server advertises. */
export interface RefListing {
  /** Full ref name to object id; annotated tags are peeled to their commit. */
  readonly refs: ReadonlyMap<string, string>
  /** The full name of the branch that HEAD points at, where the server says so. */
  readonly head: string | null
}

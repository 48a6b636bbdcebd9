import type { SecretValue } from '../secret-value.ts'

/** Name of a secret in the store: 1 to 512 of ASCII letters, digits and `/_+=.@-`; that of a parameter behind `ssm:`. */
export type SecretName = string

/** 64 hex characters, content-addressed (docs/adr/0003); the ClientRequestToken of the write. */
export type VersionId = string

export type Tags = Readonly<Record<string, string>>

/** Where a value comes from, for people: file or object, and key. */
export interface Origin {
  readonly kind: 'Secret' | 'ConfigMap' | 'file'
  readonly name: string
  /** Absent for an object or file as a whole. */
  readonly key?: string
}

/** How a secret is stored. */
export type SecretKind = 'string' | 'binary'

/** How a parameter is stored: as a String, or encrypted as a SecureString. */
export type ParameterKind = 'parameter' | 'secure-parameter'

/** One secret, or one parameter, as Git wants it. */
export interface Desired {
  readonly name: SecretName
  readonly payload: SecretValue
  readonly kind: SecretKind | ParameterKind
  readonly versionId: VersionId
  readonly origin: Origin
  readonly tags: Tags
}

/** What is known of a secret that is to be there, also where its value is not at hand. */
export type Wanted = Pick<Desired, 'name' | 'versionId'> & Partial<Pick<Desired, 'origin'>>

/** Everything that is to be there for one config, by name. */
export interface WantedSet {
  readonly secrets: readonly Wanted[]
  readonly disabled: readonly SecretName[]
}

/** All secrets of one config by name in byte order, and the names of those that are present but disabled. */
export interface SecretSet extends WantedSet {
  readonly secrets: readonly Desired[]
  readonly disabled: readonly SecretName[]
}

import type { SecretValue } from '../secret-value.ts'

/** Name of a secret in the store: 1 to 512 of ASCII letters, digits and `/_+=.@-`. */
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

/** One secret as Git wants it. */
export interface Desired {
  readonly name: SecretName
  readonly payload: SecretValue
  readonly kind: 'string' | 'binary'
  readonly versionId: VersionId
  readonly origin: Origin
  readonly tags: Tags
}

/** All secrets of one config by name in byte order, and the names of those that are present but disabled. */
export interface SecretSet {
  readonly secrets: readonly Desired[]
  readonly disabled: readonly SecretName[]
}

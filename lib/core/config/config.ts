import type { SecretName, VersionId } from '../secrets/desired.ts'
import type { NameTemplate } from '../secrets/name-template.ts'
import type { ObjectRef, SourceChoice } from '../source/source.ts'

/** `<source>/<namespace>/<name>`, the source being a cluster id or the name of a directory of manifests. */
export type ConfigId = string

/** One SecretManagerConfig: the unit of sync. Parsed, with defaults, durations in milliseconds. */
export interface Config {
  readonly id: ConfigId
  readonly namespace: string
  readonly name: string
  readonly uid?: string
  readonly generation?: number
  readonly sourceRef: ObjectRef
  readonly gitCredentials?: { readonly name: string; readonly namespace: string }
  /** What of the source is followed, where that is not plain. */
  readonly choice?: Omit<SourceChoice, 'path'>
  readonly aws: AwsTarget
  readonly secrets: SecretsSpec
  /** Where ConfigMaps and properties go; absent where they are no parameters. */
  readonly parameters?: ParametersSpec
  readonly gitRepositoryPullIntervalMs: number
  readonly reconcileIntervalMs: number
  readonly diffDiscovery: boolean
  readonly triggerUpdate: boolean
  readonly suspend: boolean
  readonly suspendGitPulls: boolean
  /** Whether changed versions of secrets that are there become current one by one, or all together or not at all. */
  readonly publish: 'direct' | 'atomic'
  /** What happens to secrets that Git no longer names: nothing, they are listed, or they are deleted. */
  readonly prune: 'off' | 'report' | 'schedule'
  /** Days in which a deletion can be taken back: 7 to 30. */
  readonly recoveryWindowDays: number
  /** Foreign secrets and parameters that the config takes over. */
  readonly adopt: readonly Adoption[]
  /** Paths of fields that are accepted and have no effect. */
  readonly ignoredFields: readonly string[]
  /** SHA-256, hex, of the spec as written, fields without effect left out: tells a changed spec. */
  readonly specDigest: string
}

export interface AwsTarget {
  readonly region: string
  readonly roleArn?: string
  readonly kmsKeyId?: string
  readonly description?: string
  readonly tags: Readonly<Record<string, string>>
  readonly replicaRegions: readonly string[]
}

/** A foreign secret or parameter, and the version that it must have for being taken over. */
export interface Adoption {
  readonly name: SecretName
  /** Of a secret. */
  readonly versionId?: VersionId
  /** The version number of a parameter. */
  readonly version?: number
}

export interface ParametersSpec {
  /** What every name begins with, from `/`; prefix and environment where absent. */
  readonly path?: string
  /** What is not from encrypted files is a `String`, unless it is asked for otherwise. */
  readonly type: 'String' | 'SecureString'
}

export interface SecretsSpec {
  readonly environment: string
  /** Directory of the overlay, relative to the root of the repository, `''` being the root; raw mode where absent. */
  readonly kustomizePath?: string
  /** The Flux Kustomization that applies the overlay, whose settings count; its path where `kustomizePath` is absent. */
  readonly kustomization?: { readonly namespace: string; readonly name: string }
  /** Where raw mode looks, in the same form; the root where absent. */
  readonly basePath?: string
  readonly prefix?: string
  readonly suffix?: string
  /** A secret for each key (`key`, also where absent), or one JSON secret for each Kubernetes Secret. */
  readonly layout?: 'key' | 'secret'
  /** How secrets are called; the names of the original controller where absent. */
  readonly nameTemplate?: NameTemplate
}

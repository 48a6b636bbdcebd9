/** A Secret or ConfigMap as an overlay builds it, as far as publishing looks at it. */
export interface BuiltObject {
  readonly kind: 'Secret' | 'ConfigMap'
  /** As built, with the hash that Kustomize adds. */
  readonly name: string
  readonly nameWithoutHash: string
  readonly namespace?: string
  readonly data: ReadonlyMap<string, BuiltValue>
  readonly stringData: ReadonlyMap<string, BuiltValue>
  /** Only a ConfigMap has some. */
  readonly binaryData?: ReadonlyMap<string, BuiltValue>
  /** Paths of fields beside the values where decrypted text ended: `metadata.name`, `metadata.labels`, `data` (a key). */
  readonly taintedFields: readonly string[]
}

/** One value as it is written: base64 under `data` of a Secret, text elsewhere. */
export interface BuiltValue {
  /** Anything but text is an error of the overlay. */
  readonly value: unknown
  /** Whether it comes from an encrypted file. */
  readonly tainted: boolean
}

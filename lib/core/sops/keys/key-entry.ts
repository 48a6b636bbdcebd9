/**
 * One encrypted copy of a file's data key (or of a part of it), as the metadata list it. `enc` is kept as written:
 * base64 for `kms` and `gcp_kms`, unpadded base64url for `azure_kv`, the service's own text elsewhere.
 * @see https://github.com/getsops/sops/blob/main/stores/stores.go
 */
export type KeyEntry =
  | { readonly kind: 'age'; readonly recipient: string; readonly enc: string }
  | {
      readonly kind: 'kms'
      readonly arn: string
      readonly role?: string
      readonly context: Readonly<Record<string, string>>
      /** What `enc` may be encrypted under instead; see `early-contexts.ts`. */
      readonly earlyContexts?: readonly Readonly<Record<string, string>>[]
      readonly awsProfile?: string
      readonly enc: string
    }
  | { readonly kind: 'gcp_kms'; readonly resourceId: string; readonly enc: string }
  | { readonly kind: 'hckms'; readonly keyId: string; readonly enc: string }
  | {
      readonly kind: 'azure_kv'
      readonly vaultUrl: string
      readonly name: string
      readonly version: string
      readonly enc: string
    }
  | {
      readonly kind: 'hc_vault'
      readonly vaultAddress: string
      readonly enginePath: string
      readonly keyName: string
      readonly enc: string
    }
  | { readonly kind: 'pgp'; readonly fingerprint: string; readonly enc: string }

export type KeyKind = KeyEntry['kind']

/** Every kind, in the order in which sops tries those of one group. */
export const keyKinds = [
  'kms',
  'gcp_kms',
  'hckms',
  'azure_kv',
  'hc_vault',
  'pgp',
  'age',
] as const satisfies readonly KeyKind[]

/** Key entries of which any one opens the data key, or one Shamir part of it. */
export type KeyGroup = readonly KeyEntry[]

/** How a person, and the report of sops, knows the key: ARN, recipient, fingerprint, address. Never a secret. */
export function describeKey(entry: KeyEntry): string {
  switch (entry.kind) {
    case 'age':
      return entry.recipient
    case 'kms':
      return describeKmsKey(entry)
    case 'gcp_kms':
      return entry.resourceId
    case 'hckms':
      return entry.keyId
    case 'azure_kv':
      return `${entry.vaultUrl}/keys/${entry.name}/${entry.version}`
    case 'hc_vault':
      return `${entry.vaultAddress}/v1/${entry.enginePath}/keys/${entry.keyName}`
    case 'pgp':
      return entry.fingerprint
  }
}

/** `arn[+role][|k:v,k:v][|profile]`, context sorted by name; with a profile both bars are there. */
function describeKmsKey({ arn, role, context, awsProfile }: Extract<KeyEntry, { kind: 'kms' }>): string {
  const key = role ? `${arn}+${role}` : arn
  const pairs = Object.keys(context)
    .sort()
    .map((name) => `${name}:${context[name]}`)
    .join(',')
  if (awsProfile) return `${key}|${pairs}|${awsProfile}`
  return pairs === '' ? key : `${key}|${pairs}`
}

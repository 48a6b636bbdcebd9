import { SyncError } from '../../errors.ts'
import { dropFraction, parseTimestamp } from '../../go/timestamp.ts'
import { type EncryptionRule, type RuleKind, ruleKinds } from '../cipher/encryption-rule.ts'
import type { KeyEntry, KeyGroup } from '../keys/key-entry.ts'
import type { TreeMap } from '../tree.ts'
import { listEarlyContexts } from './early-contexts.ts'
import { createMetadataFields, type MetadataFields } from './metadata-fields.ts'

/** What SOPS writes beside the values. None of it is authenticated but `lastModified`, by the MAC. */
export interface SopsMetadata {
  /** One group holds copies of the data key; more than one, a Shamir part each. */
  readonly groups: readonly KeyGroup[]
  /** Parts needed to restore the data key; 0 where the file does not say. */
  readonly shamirThreshold: number
  /** RFC 3339 to the second: the additional data of `mac`. */
  readonly lastModified: string
  /** The encrypted MAC; empty where the file has none. */
  readonly mac: string
  readonly macOnlyEncrypted: boolean
  /** Which values are encrypted. */
  readonly rule: EncryptionRule
  /** The sops release that wrote the file; never gates decryption. */
  readonly version: string
}

/**
 * Reads the map under `sops`.
 * @throws {SyncError} SopsMetadataInvalid
 * @see https://github.com/getsops/sops/blob/main/stores/stores.go
 */
export function parseMetadata(map: TreeMap): SopsMetadata {
  const fields = createMetadataFields(map)
  const version = fields.text('version')
  return {
    groups: parseGroups(fields).map((group) => group.map((entry) => addEarlyContexts(entry, version))),
    shamirThreshold: fields.integer('shamir_threshold'),
    lastModified: parseLastModified(fields.text('lastmodified')),
    mac: fields.text('mac'),
    macOnlyEncrypted: fields.bool('mac_only_encrypted'),
    rule: parseRule(fields),
    version,
  }
}

function parseLastModified(text: string): string {
  const timestamp = parseTimestamp(text)
  if (timestamp === null) throw new SyncError('SopsMetadataInvalid', { data: { field: 'lastmodified' } })
  return dropFraction(timestamp)
}

function parseRule(fields: MetadataFields): EncryptionRule {
  const rules = ruleKinds
    .map((kind: RuleKind) => ({ kind, pattern: fields.text(kind) }))
    .filter(({ pattern }) => pattern !== '')
  if (rules.length > 1) {
    throw new SyncError('SopsMetadataInvalid', { data: { rules: rules.map(({ kind }) => kind) } })
  }
  return rules[0] ?? { kind: 'unencrypted_suffix', pattern: '_unencrypted' }
}

/** `key_groups` counts only where all of the top-level lists are empty. */
function parseGroups(fields: MetadataFields): KeyGroup[] {
  const topLevel = parseGroup(fields)
  const groups = topLevel.length > 0 ? [topLevel] : fields.maps('key_groups').map(parseGroup)
  if (groups.length === 0) {
    throw new SyncError('SopsMetadataInvalid', { data: { missing: 'keys' } })
  }
  return groups
}

function parseGroup(fields: MetadataFields): KeyGroup {
  return keyLists.flatMap(({ list, parse }) => fields.maps(list).map(parse))
}

/** In the order in which sops tries the kinds of one group. */
const keyLists: readonly { list: string; parse: (fields: MetadataFields) => KeyEntry }[] = [
  { list: 'kms', parse: parseKmsEntry },
  {
    list: 'gcp_kms',
    parse: (fields) => ({
      kind: 'gcp_kms',
      resourceId: fields.text('resource_id'),
      enc: fields.text('enc'),
    }),
  },
  {
    list: 'hckms',
    parse: (fields) => ({ kind: 'hckms', keyId: fields.text('key_id'), enc: fields.text('enc') }),
  },
  {
    list: 'azure_kv',
    parse: (fields) => ({
      kind: 'azure_kv',
      vaultUrl: fields.text('vault_url'),
      name: fields.text('name'),
      version: fields.text('version'),
      enc: fields.text('enc'),
    }),
  },
  {
    list: 'hc_vault',
    parse: (fields) => ({
      kind: 'hc_vault',
      vaultAddress: fields.text('vault_address'),
      enginePath: fields.text('engine_path'),
      keyName: fields.text('key_name'),
      enc: fields.text('enc'),
    }),
  },
  {
    list: 'pgp',
    parse: (fields) => ({ kind: 'pgp', fingerprint: fields.text('fp'), enc: fields.text('enc') }),
  },
  {
    list: 'age',
    parse: (fields) => ({ kind: 'age', recipient: fields.text('recipient'), enc: fields.text('enc') }),
  },
]

function parseKmsEntry(fields: MetadataFields): KeyEntry {
  const role = fields.text('role')
  const awsProfile = fields.text('aws_profile')
  return {
    kind: 'kms',
    arn: fields.text('arn'),
    ...(role !== '' && { role }),
    context: fields.texts('context'),
    ...(awsProfile !== '' && { awsProfile }),
    enc: fields.text('enc'),
  }
}

function addEarlyContexts(entry: KeyEntry, version: string): KeyEntry {
  if (entry.kind !== 'kms') return entry
  const earlyContexts = listEarlyContexts(entry.context, version)
  return earlyContexts.length === 0 ? entry : { ...entry, earlyContexts }
}

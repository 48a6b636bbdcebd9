import * as z from 'zod/mini'
import { matchesAny } from '../../core/config/policy/wildcard.ts'
import { SyncError } from '../../core/errors.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import type { Egress } from '../egress/egress.ts'
import type { AzureKeyVaultOptions } from '../keys/azure-key-vault.ts'
import type { GcpKmsOptions } from '../keys/gcp-kms.ts'
import type { KeyText } from '../keys/local/key-text.ts'
import { findByAddress, normalizeAddress } from '../keys/remote/address.ts'
import { createAzureTokens } from '../keys/remote/azure-token.ts'
import { createGoogleToken } from '../keys/remote/google-token.ts'
import { createVaultToken } from '../keys/remote/vault-token.ts'
import type { VaultOptions } from '../keys/vault.ts'

/** What the services outside of AWS are reached with. */
export interface CloudKeyTools {
  readonly egress: Egress
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const text = z.string().check(z.minLength(1))
const address = z.string().check(z.refine((url) => normalizeAddress(url)?.startsWith('https://') ?? false))
const texts = z.array(text).check(z.minLength(1))

const vaultSchema = z
  .array(
    z.union([
      z.strictObject({ address, namespace: z.optional(text), token: text }),
      z.strictObject({ address, namespace: z.optional(text), roleId: text, secretId: text }),
    ]),
  )
  .check(z.minLength(1))
const azureSchema = z.strictObject({
  tenantId: text,
  clientId: text,
  clientSecret: text,
  vaults: z.array(address).check(z.minLength(1)),
})
const googleSchema = z.strictObject({ keys: texts, credentials: z.looseObject({ type: text }) })

/**
 * Vaults that files may name, from JSON: a list of `address`, `token` or `roleId` and `secretId`, and `namespace`.
 * @throws {SyncError} SopsKeyInvalid where the text says something else
 */
export function openVaultKeys(listed: KeyText, { egress, now }: CloudKeyTools): VaultOptions {
  const vaults = parse(vaultSchema, listed).map(({ namespace, ...vault }) => {
    const named = { address: normalizeAddress(vault.address) ?? '', ...(namespace && { namespace }) }
    return { ...named, readToken: createVaultToken({ ...named, egress, login: vault, now }) }
  })
  return { egress, vaults, isGranted: () => true }
}

/**
 * Vaults of Azure that files may name, from JSON: the addresses `vaults`, and `tenantId`, `clientId`, `clientSecret`.
 * @throws {SyncError} SopsKeyInvalid where the text says something else
 */
export function openAzureKeys(listed: KeyText, { egress, now }: CloudKeyTools): AzureKeyVaultOptions {
  const { vaults, ...login } = parse(azureSchema, listed)
  const tokenOf = createAzureTokens({ egress, login, now })
  const open = vaults.map((vault) => ({ address: vault, readToken: tokenOf(vault) }))
  return { egress, findVault: (vault) => findByAddress(open, vault), isGranted: () => true }
}

/**
 * Keys of Google Cloud KMS that files may name, from JSON: `keys`, in which `*` stands for anything, and `credentials`,
 * the JSON that Google gave out.
 * @throws {SyncError} SopsKeyInvalid where the text says something else
 */
export function openGoogleKeys(listed: KeyText, { egress, now }: CloudKeyTools): GcpKmsOptions {
  const { keys, credentials } = parse(googleSchema, listed)
  const json = JSON.stringify(credentials)
  return {
    egress,
    readToken: createGoogleToken({ egress, json, source: listed.source, now }),
    isGranted: (entry: KeyEntry) => entry.kind === 'gcp_kms' && matchesAny(keys, entry.resourceId),
  }
}

function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  { source, text: json }: KeyText,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(json))
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new SyncError('SopsKeyInvalid', { data: { source, field } })
}

/** Parsers quote what they read, so what they say is dropped. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

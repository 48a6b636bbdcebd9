import { decodeBase64Url } from '../../core/base64.ts'
import { SyncError } from '../../core/errors.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import type { Egress } from '../egress/egress.ts'
import type { ReadToken } from '../tokens/keep-token.ts'
import { requestDecryption } from './remote/request-decryption.ts'

type AzureEntry = Extract<KeyEntry, { kind: 'azure_kv' }>

/** One key vault that files may name. */
export interface KeyVaultAccess {
  readonly address: string
  /** An access token for the vaults of this cloud, such as `https://vault.azure.net/.default`. */
  readonly readToken: ReadToken
}

export interface AzureKeyVaultOptions {
  readonly egress: Egress
  /** Whoever writes a file chooses the address in it, and with it who is sent the token: what is not found is closed. */
  readonly findVault: (address: string) => KeyVaultAccess | undefined
  readonly isGranted: (entry: KeyEntry) => boolean
}

/**
 * Opens entries for keys in Azure Key Vault.
 * @see https://learn.microsoft.com/en-us/rest/api/keyvault/keys/decrypt/decrypt
 */
export function createAzureKeyVaultKeyService(options: AzureKeyVaultOptions): KeyService {
  const { egress, isGranted } = options
  function findVault(entry: AzureEntry): KeyVaultAccess | undefined {
    return isGranted(entry) ? options.findVault(entry.vaultUrl) : undefined
  }

  return {
    kind: 'azure_kv',
    isGranted: (entry) => entry.kind === 'azure_kv' && findVault(entry) !== undefined,
    async unwrap(entry) {
      if (entry.kind !== 'azure_kv') return null
      const vault = findVault(entry)
      if (!vault) throw new SyncError('SopsKeyNotGranted')
      const path = formatDecryptPath(entry)
      return await requestDecryption(egress, {
        url: `${vault.address}${path}`,
        headers: { authorization: `Bearer ${await vault.readToken()}` },
        body: { alg: 'RSA-OAEP-256', value: entry.enc },
        path: ['value'],
        decode: decodeBase64Url,
      })
    },
  }
}

/** Without a version the vault takes the newest one, which the file may not be encrypted for. */
function formatDecryptPath({ name, version, enc }: AzureEntry): string {
  const isLegal = /^[0-9A-Za-z-]{1,127}$/.test(name) && /^[0-9A-Za-z]{1,64}$/.test(version)
  if (!isLegal || !decodeBase64Url(enc)?.length) {
    throw new SyncError('SopsMetadataInvalid', { data: { reason: 'the Azure key is malformed' } })
  }
  return `/keys/${name}/${version}/decrypt?api-version=7.4`
}

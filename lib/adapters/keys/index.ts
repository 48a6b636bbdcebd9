import type { KeyKind } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import { createAgeKeyService } from './age.ts'
import { type AzureKeyVaultOptions, createAzureKeyVaultKeyService } from './azure-key-vault.ts'
import { createGcpKmsKeyService, type GcpKmsOptions } from './gcp-kms.ts'
import { createHuaweiKmsKeyService } from './huawei-kms.ts'
import { createKmsKeyService, type KmsOptions } from './kms.ts'
import type { LocalKeys } from './local/key-text.ts'
import { createPgpKeyService } from './pgp.ts'
import { createVaultKeyService, type VaultOptions } from './vault.ts'

/** What each kind of key is opened with; a kind that is left out opens nothing. */
export interface KeyServiceOptions {
  readonly age?: LocalKeys
  readonly pgp?: LocalKeys
  readonly kms?: KmsOptions
  readonly gcpKms?: GcpKmsOptions
  readonly azureKeyVault?: AzureKeyVaultOptions
  readonly vault?: VaultOptions
}

const services = {
  age: ({ age }) => age && createAgeKeyService(age),
  pgp: ({ pgp }) => pgp && createPgpKeyService(pgp),
  kms: ({ kms }) => kms && createKmsKeyService(kms),
  gcp_kms: ({ gcpKms }) => gcpKms && createGcpKmsKeyService(gcpKms),
  azure_kv: ({ azureKeyVault }) => azureKeyVault && createAzureKeyVaultKeyService(azureKeyVault),
  hc_vault: ({ vault }) => vault && createVaultKeyService(vault),
  hckms: () => createHuaweiKmsKeyService(),
} as const satisfies Record<KeyKind, (options: KeyServiceOptions) => KeyService | undefined>

/** The key services for the keys that `options` hold: one for each kind. */
export function createKeyServices(options: KeyServiceOptions): readonly KeyService[] {
  return Object.values(services).flatMap((create) => create(options) ?? [])
}

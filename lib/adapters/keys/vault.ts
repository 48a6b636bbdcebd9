import { decodeBase64 } from '../../core/base64.ts'
import { SyncError } from '../../core/errors.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import type { Egress } from '../egress/egress.ts'
import type { ReadToken } from '../tokens/keep-token.ts'
import { findByAddress } from './remote/address.ts'
import { requestDecryption } from './remote/request-decryption.ts'

type VaultEntry = Extract<KeyEntry, { kind: 'hc_vault' }>

/** One Vault or OpenBao that files may name. */
export interface VaultAccess {
  readonly address: string
  readonly namespace?: string
  readonly readToken: ReadToken
}

export interface VaultOptions {
  readonly egress: Egress
  /** Whoever writes a file chooses the address in it, and with it who is sent the token: only these are open. */
  readonly vaults: readonly VaultAccess[]
  readonly isGranted: (entry: KeyEntry) => boolean
}

/**
 * Opens entries for the transit engine of HashiCorp Vault and OpenBao.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data
 */
export function createVaultKeyService({ egress, vaults, isGranted }: VaultOptions): KeyService {
  function findVault(entry: VaultEntry): VaultAccess | undefined {
    return isGranted(entry) ? findByAddress(vaults, entry.vaultAddress) : undefined
  }

  return {
    kind: 'hc_vault',
    isGranted: (entry) => entry.kind === 'hc_vault' && findVault(entry) !== undefined,
    async unwrap(entry) {
      if (entry.kind !== 'hc_vault') return null
      const vault = findVault(entry)
      if (!vault) throw new SyncError('SopsKeyNotGranted')
      return await decrypt(egress, vault, entry)
    },
  }
}

async function decrypt(egress: Egress, vault: VaultAccess, entry: VaultEntry): Promise<Uint8Array> {
  const path = formatDecryptPath(entry)
  const headers = {
    'x-vault-request': 'true',
    'x-vault-token': await vault.readToken(),
    ...(vault.namespace && { 'x-vault-namespace': vault.namespace }),
  }
  return await requestDecryption(egress, {
    url: `${vault.address}${path}`,
    headers,
    body: { ciphertext: entry.enc },
    path: ['data', 'plaintext'],
    decode: decodeBase64,
  })
}

const segment = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/** The token opens more than one engine, so nothing in the path may lead out of the one that is named. */
function formatDecryptPath({ enginePath, keyName, enc }: VaultEntry): string {
  const engine = enginePath.replace(/^\/|\/$/g, '').split('/')
  const isLegal =
    [...engine, keyName].every((part) => segment.test(part)) && /^vault:v\d+:[A-Za-z0-9+/=]+$/.test(enc)
  if (!isLegal) throw new SyncError('SopsMetadataInvalid', { data: { reason: 'the Vault key is malformed' } })
  return `/v1/${engine.join('/')}/decrypt/${keyName}`
}

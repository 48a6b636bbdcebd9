import { join } from 'node:path'
import { createEgress, type Egress } from '../../lib/adapters/egress/egress.ts'
import type { AzureKeyVaultOptions } from '../../lib/adapters/keys/azure-key-vault.ts'
import type { GcpKmsOptions } from '../../lib/adapters/keys/gcp-kms.ts'
import type { KeyServiceOptions } from '../../lib/adapters/keys/index.ts'
import type { KeyText } from '../../lib/adapters/keys/local/key-text.ts'
import { normalizeAddress } from '../../lib/adapters/keys/remote/address.ts'
import { createAzureTokens, isAzureVault } from '../../lib/adapters/keys/remote/azure-token.ts'
import type { VaultOptions } from '../../lib/adapters/keys/vault.ts'
import type { ReadToken } from '../../lib/adapters/tokens/keep-token.ts'
import type { Environment } from '../../lib/env.ts'
import { readReadableKeyFiles } from './key-files.ts'

type OnUnreadable = (path: string, error: string) => void

/**
 * Log-ins of the key services outside of AWS, from where sops and their own tools take them: for Google Cloud
 * `GOOGLE_OAUTH_ACCESS_TOKEN`, `GOOGLE_CREDENTIALS`, `GOOGLE_APPLICATION_CREDENTIALS` and the file of `gcloud`; for
 * Azure `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`; for Vault `VAULT_TOKEN` or `~/.vault-token`.
 * @param onUnreadable told of files that cannot be read, most of which nobody has
 */
export async function readCloudKeys(
  environment: Environment,
  onUnreadable: OnUnreadable,
): Promise<KeyServiceOptions> {
  const gcpKms = await readGoogleKeys(environment, onUnreadable)
  const azureKeyVault = readAzureKeys(environment)
  const vault = await readVaultKeys(environment, onUnreadable)
  return { ...(gcpKms && { gcpKms }), ...(azureKeyVault && { azureKeyVault }), ...(vault && { vault }) }
}

const now = () => Date.now()

async function readGoogleKeys(
  environment: Environment,
  onUnreadable: OnUnreadable,
): Promise<GcpKmsOptions | null> {
  const egress = createEgress({})
  const isGranted = () => true
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token } = environment
  if (token) return { egress, isGranted, readToken: async () => token }
  const credentials = await readGoogleCredentials(environment, onUnreadable)
  return credentials && { egress, isGranted, readToken: createLateGoogleToken(egress, credentials) }
}

/** Credentials of other kinds than those that are supported concern nobody whose files need none. */
function createLateGoogleToken(egress: Egress, { source, text: json }: KeyText): ReadToken {
  let readToken: ReadToken | undefined
  return async () => {
    const { createGoogleToken } = await import('../../lib/adapters/keys/remote/google-token.ts')
    readToken ??= createGoogleToken({ egress, json, source, now })
    return await readToken()
  }
}

/** `GOOGLE_CREDENTIALS` holds the JSON itself or the path of a file with it. */
async function readGoogleCredentials(
  environment: Environment,
  onUnreadable: OnUnreadable,
): Promise<KeyText | null> {
  const { GOOGLE_CREDENTIALS: given, GOOGLE_APPLICATION_CREDENTIALS: named, HOME: home } = environment
  if (given?.trimStart().startsWith('{')) return { source: 'GOOGLE_CREDENTIALS', text: given }
  const usual = home && join(home, '.config/gcloud/application_default_credentials.json')
  const path = given || named || usual
  const [file] = path ? await readReadableKeyFiles([path], onUnreadable) : []
  return file ?? null
}

/**
 * Files choose the address that the token is sent to. At Azure's own vaults it is safe whoever they belong to; others
 * are closed.
 */
function readAzureKeys(environment: Environment): AzureKeyVaultOptions | null {
  const {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
  } = environment
  if (!tenantId || !clientId || !clientSecret) return null
  const egress = createEgress({})
  const tokenOf = createAzureTokens({ egress, login: { tenantId, clientId, clientSecret }, now })
  return {
    egress,
    isGranted: () => true,
    findVault(url) {
      const address = normalizeAddress(url)
      return address && isAzureVault(address) ? { address, readToken: tokenOf(address) } : undefined
    },
  }
}

/**
 * Files choose the address that the token is sent to, so only those are open that the user names: `VAULT_ADDR`, and the
 * list `SOPS_HC_VAULT_ALLOWLIST`, which sops takes for prefixes, and which must be whole here.
 */
async function readVaultKeys(
  environment: Environment,
  onUnreadable: OnUnreadable,
): Promise<VaultOptions | null> {
  const { VAULT_TOKEN: given, VAULT_NAMESPACE: namespace, HOME: home } = environment
  const usual = !given && home ? [join(home, '.vault-token')] : []
  const [file] = await readReadableKeyFiles(usual, onUnreadable)
  const token = given || file?.text.trim()
  if (!token) return null
  const addresses = listVaultAddresses(environment)
  const vaults = addresses.map((address) => ({
    address,
    ...(namespace && { namespace }),
    readToken: async () => token,
  }))
  return { egress: openEgressTo(addresses), vaults, isGranted: () => true }
}

function listVaultAddresses({
  VAULT_ADDR: own = '',
  SOPS_HC_VAULT_ALLOWLIST: listed = '',
}: Environment): string[] {
  return [own, ...listed.split(',')].flatMap((address) => normalizeAddress(address.trim()) ?? [])
}

/** What the user of a machine lists may be on it, or in its network. */
function openEgressTo(addresses: readonly string[]): Egress {
  const allowedHosts = addresses
    .map((address) => new URL(address))
    .map(({ hostname, port }) => (port ? `${hostname}:${port}` : hostname))
  return createEgress({ allowedHosts, allowLoopback: true, allowHttp: true })
}

import type { ConfigId } from '../../core/config/config.ts'
import { formatTenant } from '../../core/config/config-id.ts'
import { isKeyPermitted } from '../../core/config/policy/authorize.ts'
import { deriveExternalId } from '../../core/config/policy/external-id.ts'
import type { Policy } from '../../core/config/policy/policy.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import { isKmsEntryGranted, type KmsGrant } from '../../core/sops/keys/kms-grant.ts'
import { assertNoQuickstartIdentity } from '../../core/sops/keys/quickstart-identity.ts'
import type { KeyService, KeyServices } from '../../ports.ts'
import { createAzureKeyVaultKeyService } from '../keys/azure-key-vault.ts'
import { createGcpKmsKeyService } from '../keys/gcp-kms.ts'
import { createKeyServices, type KeyServiceOptions } from '../keys/index.ts'
import type { KeyText } from '../keys/local/key-text.ts'
import { createVaultKeyService } from '../keys/vault.ts'
import { type CloudKeyTools, openAzureKeys, openGoogleKeys, openVaultKeys } from './cloud-keys.ts'
import { createLateKeyService } from './late-key-service.ts'
import type { ReadSecretText } from './secret-texts.ts'

export interface DeploymentKeyOptions {
  readonly readText: ReadSecretText
  /** Begin of the names of the service's own secrets. */
  readonly prefix: string
  readonly deployment: string
  /** KMS keys, and roles to use them through, that files may name. */
  readonly kms: KmsGrant
  /** Which keys each tenant may use. */
  readonly policy: Policy
  /** How the services outside of AWS are reached. */
  readonly outside: CloudKeyTools
}

interface Opened {
  readonly keys: readonly (KeyText | null)[]
  readonly services: readonly KeyService[]
}

/**
 * The keys that this deployment opens files with: age identities in the secret `<prefix>keys/age`, OpenPGP keys in
 * `<prefix>keys/pgp`, keys of KMS, and what `gcp`, `azure` and `vault` beside them list (see `cloud-keys.ts`), which is
 * read when a file asks for it. Services are kept for each tenant as long as its keys are the same.
 */
export function createDeploymentKeyServices(options: DeploymentKeyOptions): KeyServices {
  const opened = new Map<string, Opened>()
  const cloudServices = createCloudServices(options)
  return async ({ id }) => {
    const keys = await Promise.all(['age', 'pgp'].map((kind) => readKey(options, kind)))
    const tenant = formatTenant(id)
    const known = opened.get(tenant)
    if (known && keys.every((key, n) => key?.text === known.keys[n]?.text)) return known.services
    const services = [...openServices(options, id, keys), ...cloudServices]
    opened.set(tenant, { keys, services })
    return services
  }
}

async function readKey({ readText, prefix }: DeploymentKeyOptions, kind: string): Promise<KeyText | null> {
  const source = `${prefix}keys/${kind}`
  const text = await readText(source)
  if (text === null) return null
  assertNoQuickstartIdentity({ source, text })
  return { source, text }
}

function openServices(
  { deployment, kms, policy }: DeploymentKeyOptions,
  id: ConfigId,
  [age, pgp]: readonly (KeyText | null)[],
): readonly KeyService[] {
  const isPermitted = (entry: KeyEntry) => isKeyPermitted(policy, id, entry)
  const granted: KeyServiceOptions = {
    ...(age && {
      age: { keys: [age], isGranted: (recipient) => isPermitted({ kind: 'age', recipient, enc: '' }) },
    }),
    ...(pgp && {
      pgp: { keys: [pgp], isGranted: (fingerprint) => isPermitted({ kind: 'pgp', fingerprint, enc: '' }) },
    }),
    kms: {
      externalId: deriveExternalId(deployment, id),
      isGranted: (entry) => isKmsEntryGranted(kms, entry),
    },
  }
  return createKeyServices(granted)
}

/** One of each for all tenants, so that they share its tokens; the policy judges entries before they get here. */
function createCloudServices(options: DeploymentKeyOptions): readonly KeyService[] {
  const { outside } = options
  return [
    createLateKeyService({
      kind: 'gcp_kms',
      readSecret: () => readKey(options, 'gcp'),
      open: (secret) => createGcpKmsKeyService(openGoogleKeys(secret, outside)),
    }),
    createLateKeyService({
      kind: 'azure_kv',
      readSecret: () => readKey(options, 'azure'),
      open: (secret) => createAzureKeyVaultKeyService(openAzureKeys(secret, outside)),
    }),
    createLateKeyService({
      kind: 'hc_vault',
      readSecret: () => readKey(options, 'vault'),
      open: (secret) => createVaultKeyService(openVaultKeys(secret, outside)),
    }),
  ]
}

import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { openStoreDatabase } from '../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../lib/adapters/stores/local.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import { type KmsCall, type KmsServer, startKmsServer } from '../../../fakes/kms-server.ts'
import { seal, sealedDataKey, sealFile } from '../../../fakes/seal-file.ts'
import {
  type SecretsManagerServer,
  startSecretsManagerServer,
} from '../../../fakes/secrets-manager-server.ts'

/** KMS, STS and Secrets Manager of AWS on loopback. */
export interface AwsAccount {
  readonly account: string
  /** What KMS and STS were asked in this test. */
  readonly calls: readonly KmsCall[]
}

const account = '123456789012'
const region = 'eu-west-1'

/** The key of KMS that is called so. */
export const formatKeyArn = (name: string) => `arn:aws:kms:${region}:${account}:key/${name}`

/** A file of environment variables that is encrypted with a key of KMS. */
export function sealEnv(key: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${seal(value, `${name}:`)}`)
  const kms = [{ arn: formatKeyArn(key), created_at: '2026-01-02T03:04:05Z', enc: encrypt(key) }]
  const hashed = Object.values(values).join('')
  return sealFile({
    format: 'dotenv',
    body: lines.join('\n'),
    hashed,
    metadata: { age: undefined, kms },
  }).toString()
}

/** An account whose KMS has the keys `keys`, and which the clients of AWS in this process use. */
export function setAwsAccount(keys: readonly string[]): AwsAccount {
  let kms: KmsServer
  let secretsManager: SecretsManagerServer
  let database: ReturnType<typeof openStoreDatabase>
  let earlier = 0
  beforeAll(async () => {
    database = openStoreDatabase(':memory:')
    kms = await startKmsServer(
      keys.map((key) => ({ keyId: formatKeyArn(key), ciphertext: encrypt(key), plaintext: sealedDataKey })),
    )
    const target = { account, region }
    secretsManager = await startSecretsManagerServer(
      createLocalStore({ database, clock: systemClock, target }),
    )
    const settings = {
      AWS_ENDPOINT_URL_KMS: kms.url,
      AWS_ENDPOINT_URL_STS: kms.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ACCESS_KEY_ID: 'AKIAWORKER',
      AWS_SECRET_ACCESS_KEY: 'canary-secret-access-key',
      AWS_MAX_ATTEMPTS: '1',
    }
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  })
  beforeEach(() => {
    earlier = kms.calls.length
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await Promise.all([kms?.stop(), secretsManager?.close()])
    database?.close()
  })
  return {
    account,
    get calls() {
      return kms.calls.slice(earlier)
    },
  }
}

function encrypt(key: string): string {
  return Buffer.from(key).toString('base64')
}

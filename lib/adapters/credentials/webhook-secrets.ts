import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SyncError } from '../../core/errors.ts'
import type { Clock, WebhookSecrets } from '../../ports.ts'
import { readErrorName } from '../aws/error-name.ts'

export interface WebhookSecretOptions {
  readonly client: SecretsManagerClient
  /** ARNs of the secrets of each Git host. */
  readonly arns: ReadonlyMap<string, readonly string[]>
  readonly clock: Pick<Clock, 'now'>
}

interface Reading {
  readonly secrets: Promise<readonly string[]>
  readonly expiresAt: number
}

/** A replaced secret counts after a minute, and forged deliveries cost one call in that time. */
const keptMs = 60_000

/**
 * Secrets of webhooks from AWS Secrets Manager, each as the text of its current version.
 * @throws {SyncError} WebhookSecretMissing where one does not exist or has no text, StoreUnavailable
 */
export function createWebhookSecrets({ client, arns, clock }: WebhookSecretOptions): WebhookSecrets {
  const readings = new Map<string, Reading>()
  return async (host) => {
    const known = readings.get(host)
    if (known && clock.now() < known.expiresAt) return await known.secrets
    const secrets = Promise.all((arns.get(host) ?? []).map((arn) => readSecret(client, arn)))
    readings.set(host, { secrets, expiresAt: clock.now() + keptMs })
    try {
      return await secrets
    } catch (thrown) {
      readings.delete(host)
      throw thrown
    }
  }
}

async function readSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
    // Secrets that come from a file end in a line break, which nobody types into the form of a Git host.
    return SecretString.replace(/\r?\n$/, '')
  } catch (cause) {
    const error = readErrorName(cause)
    const code = error === 'ResourceNotFoundException' ? 'WebhookSecretMissing' : 'StoreUnavailable'
    throw new SyncError(code, { data: { secret: arn, error }, cause })
  }
}

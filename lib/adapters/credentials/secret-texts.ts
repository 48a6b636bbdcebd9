import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SyncError } from '../../core/errors.ts'
import type { Clock } from '../../ports.ts'
import { isDenied, readErrorName } from '../aws/error-name.ts'

/** The text of a secret of the service itself, by name or ARN; `null` where there is none. */
export type ReadSecretText = (secretId: string) => Promise<string | null>

export interface SecretTextOptions {
  readonly client: SecretsManagerClient
  readonly clock: Pick<Clock, 'now'>
}

interface Reading {
  readonly text: Promise<string | null>
  readonly expiresAt: number
}

/** A replaced secret counts after a minute, and whoever forges requests costs one call in that time. */
const keptMs = 60_000

/**
 * Reads credentials from AWS Secrets Manager: the current version of each, one request for all who ask at a time. A
 * failure is not kept.
 * @throws {SyncError} (from the closure) StoreUnavailable, StoreAccessDenied
 */
export function createSecretTexts({ client, clock }: SecretTextOptions): ReadSecretText {
  const readings = new Map<string, Reading>()
  return async (secretId) => {
    const known = readings.get(secretId)
    if (known && clock.now() < known.expiresAt) return await known.text
    const text = readSecretText(client, secretId)
    readings.set(secretId, { text, expiresAt: clock.now() + keptMs })
    try {
      return await text
    } catch (thrown) {
      readings.delete(secretId)
      throw thrown
    }
  }
}

/** The text of a secret as it is now. @throws {SyncError} StoreUnavailable */
export async function readSecretText(client: SecretsManagerClient, secretId: string): Promise<string | null> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString ?? null
  } catch (cause) {
    const error = readErrorName(cause)
    if (error === 'ResourceNotFoundException') return null
    throw new SyncError(isDenied(error) ? 'StoreAccessDenied' : 'StoreUnavailable', {
      data: { secret: secretId, action: 'secretsmanager:GetSecretValue', error },
      cause,
    })
  }
}

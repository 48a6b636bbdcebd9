import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import { SyncError } from '../../core/errors.ts'
import type { VersionKey } from '../../ports.ts'
import { readErrorName } from '../aws/error-name.ts'

export interface KmsVersionKeyOptions {
  readonly client: KMSClient
  /** An HMAC_256 key, for the worker alone: whoever may use it can test guesses of values. */
  readonly keyId: string
}

/** Never change it: another text is another key, and with it every secret is written anew. */
const message = new TextEncoder().encode('secret-manager-controller: key of version ids, 1')

/**
 * The key of version ids, as the MAC of a fixed text under a key in AWS KMS. It is asked for once in the life of a
 * process and never stored.
 */
export function createKmsVersionKey({ client, keyId }: KmsVersionKeyOptions): VersionKey {
  let asked: Promise<Uint8Array> | undefined
  /** @throws {SyncError} VersionKeyUnavailable */
  return async () => {
    asked ??= generateKey(client, keyId).catch((thrown: unknown) => {
      // The next caller asks again.
      asked = undefined
      throw thrown
    })
    return await asked
  }
}

async function generateKey(client: KMSClient, keyId: string): Promise<Uint8Array> {
  const command = new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: message })
  try {
    const { Mac } = await client.send(command)
    if (Mac?.length === 32) return Mac
  } catch (cause) {
    throw new SyncError('VersionKeyUnavailable', { data: { keyId, error: readErrorName(cause) }, cause })
  }
  throw new SyncError('VersionKeyUnavailable', { data: { keyId } })
}

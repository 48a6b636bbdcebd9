import { decodeBase64 } from '../../core/base64.ts'
import { SyncError } from '../../core/errors.ts'
import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import type { Egress } from '../egress/egress.ts'
import type { ReadToken } from '../tokens/keep-token.ts'
import { requestDecryption } from './remote/request-decryption.ts'

export interface GcpKmsOptions {
  readonly egress: Egress
  readonly isGranted: (entry: KeyEntry) => boolean
  /** An OAuth 2 access token with the scope `https://www.googleapis.com/auth/cloudkms`. */
  readonly readToken: ReadToken
  /** Elsewhere for a private endpoint or another universe. */
  readonly endpoint?: string
}

/** Project ids may carry a domain: `example.com:project`. */
const resource =
  /^projects\/[a-z0-9][a-z0-9.:-]{1,99}\/locations\/[a-z0-9-]{1,63}\/keyRings\/[A-Za-z0-9_-]{1,63}\/cryptoKeys\/[A-Za-z0-9_-]{1,63}$/

/**
 * Opens entries for Google Cloud KMS.
 * @see https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/decrypt
 */
export function createGcpKmsKeyService(options: GcpKmsOptions): KeyService {
  const { egress, isGranted, readToken, endpoint = 'https://cloudkms.googleapis.com' } = options
  return {
    kind: 'gcp_kms',
    isGranted: (entry) => entry.kind === 'gcp_kms' && isGranted(entry),
    async unwrap(entry) {
      if (entry.kind !== 'gcp_kms') return null
      if (!isGranted(entry)) throw new SyncError('SopsKeyNotGranted')
      const { resourceId, enc } = entry
      if (!resource.test(resourceId) || !decodeBase64(enc)?.length) {
        throw new SyncError('SopsMetadataInvalid', {
          data: { reason: 'the Google Cloud KMS key is malformed' },
        })
      }
      return await requestDecryption(egress, {
        url: `${endpoint}/v1/${resourceId}:decrypt`,
        headers: { authorization: `Bearer ${await readToken()}` },
        body: { ciphertext: enc },
        path: ['plaintext'],
        decode: decodeBase64,
      })
    },
  }
}

import { decodeBase64 } from '../../../core/base64.ts'
import { SyncError } from '../../../core/errors.ts'
import type { KeyEntry } from '../../../core/sops/keys/key-entry.ts'

export type KmsEntry = Extract<KeyEntry, { kind: 'kms' }>

/** One Decrypt call: where, as whom and what, all judged and decoded. */
export interface KmsTarget {
  readonly keyArn: string
  readonly region: string
  readonly roleArn?: string
  readonly context: Readonly<Record<string, string>>
  readonly ciphertext: Uint8Array
}

const partition = 'aws(?:-[a-z]{1,4}){0,2}'
const keyArn = new RegExp(
  `^arn:${partition}:kms:(?<region>[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-\\d{1,2}):\\d{12}:(?:key/[A-Za-z0-9-]{1,128}|alias/[A-Za-z0-9/_-]{1,250})$`,
)
const roleArn = new RegExp(`^arn:${partition}:iam::\\d{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}$`)

/**
 * Reads an entry for KMS. The region becomes part of a host name, so the patterns are anchored and narrow; sops' own
 * lets `x.evil/#` pass as a region.
 * @throws {SyncError} SopsMetadataInvalid
 */
export function parseKmsTarget(entry: KmsEntry): KmsTarget {
  const region = keyArn.exec(entry.arn)?.groups?.['region']
  if (region === undefined) throw refuse('the ARN of the key is malformed')
  if (entry.role && !roleArn.test(entry.role)) throw refuse('the ARN of the role is malformed')
  const ciphertext = decodeBase64(entry.enc)
  if (ciphertext === null || ciphertext.length === 0) throw refuse('the encrypted data key is no base64')
  return {
    keyArn: entry.arn,
    region,
    ...(entry.role && { roleArn: entry.role }),
    context: entry.context,
    ciphertext,
  }
}

function refuse(reason: string): SyncError {
  return new SyncError('SopsMetadataInvalid', { data: { reason } })
}

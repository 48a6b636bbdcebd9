import { type ErrorCode, type ErrorData, SyncError } from '../../../core/errors.ts'
import { isDenied, isThrottled, readErrorName } from '../../aws/error-name.ts'

/** What is asked of AWS, as IAM names it. */
export type StoreAction =
  | 'secretsmanager:CreateSecret'
  | 'secretsmanager:DeleteSecret'
  | 'secretsmanager:DescribeSecret'
  | 'secretsmanager:ListSecrets'
  | 'secretsmanager:ListSecretVersionIds'
  | 'secretsmanager:PutSecretValue'
  | 'secretsmanager:RemoveRegionsFromReplication'
  | 'secretsmanager:ReplicateSecretToRegions'
  | 'secretsmanager:RestoreSecret'
  | 'secretsmanager:TagResource'
  | 'secretsmanager:UpdateSecret'
  | 'secretsmanager:UpdateSecretVersionStage'
  | 'sts:AssumeRole'

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['DecryptionFailure', 'StoreKeyUnusable'],
  ['EncryptionFailure', 'StoreKeyUnusable'],
  ['LimitExceededException', 'StoreLimitExceeded'],
  ['ResourceNotFoundException', 'SecretNotFound'],
])

/** Errors that AWS uses for several states of a secret: which one it is must be looked up. */
const ambiguousNames: readonly string[] = ['InvalidParameterException', 'InvalidRequestException']

/** Whether the error leaves open what is wrong with the secret. */
export function isAmbiguous(thrown: unknown): boolean {
  return ambiguousNames.includes(readErrorName(thrown))
}

/** A failure of Secrets Manager or STS, told apart by the name of the error; its text is dropped. */
export function toStoreError(thrown: unknown, data: ErrorData & { readonly action: StoreAction }): SyncError {
  if (thrown instanceof SyncError) return thrown
  const error = readErrorName(thrown)
  return new SyncError(chooseCode(error, data.action), { data: { ...data, error }, cause: thrown })
}

function chooseCode(error: string, action: StoreAction): ErrorCode {
  if (error === 'ResourceExistsException') {
    return action === 'secretsmanager:CreateSecret' ? 'SecretExists' : 'VersionTampered'
  }
  if (isDenied(error)) return 'StoreAccessDenied'
  if (isThrottled(error)) return 'StoreThrottled'
  return codes.get(error) ?? 'StoreUnavailable'
}

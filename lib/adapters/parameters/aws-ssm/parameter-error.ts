import { type ErrorCode, type ErrorData, SyncError } from '../../../core/errors.ts'
import { isDenied, isThrottled, readErrorName } from '../../aws/error-name.ts'

/** What is asked of AWS, as IAM names it. */
export type ParameterAction =
  | 'ssm:AddTagsToResource'
  | 'ssm:DeleteParameters'
  | 'ssm:DescribeParameters'
  | 'ssm:GetParameter'
  | 'ssm:GetParameterHistory'
  | 'ssm:ListTagsForResource'
  | 'ssm:PutParameter'

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['HierarchyLevelLimitExceededException', 'ParameterNameInvalid'],
  ['HierarchyTypeMismatchException', 'ParameterTypeFixed'],
  ['InvalidKeyId', 'StoreKeyUnusable'],
  ['InvalidResourceId', 'SecretNotFound'],
  ['ParameterAlreadyExists', 'SecretExists'],
  ['ParameterLimitExceeded', 'StoreLimitExceeded'],
  ['ParameterMaxVersionLimitExceeded', 'StoreLimitExceeded'],
  ['ParameterNotFound', 'SecretNotFound'],
  ['ParameterPatternMismatchException', 'ParameterNameInvalid'],
  ['ParameterVersionNotFound', 'VersionExpired'],
  ['TooManyTagsError', 'SecretTagsInvalid'],
  ['TooManyUpdates', 'StoreThrottled'],
])

/** A failure of Parameter Store, told apart by the name of the error; its text is dropped. */
export function toParameterError(
  thrown: unknown,
  data: ErrorData & { readonly action: ParameterAction },
): SyncError {
  if (thrown instanceof SyncError) return thrown
  const error = readErrorName(thrown)
  return new SyncError(chooseCode(error), { data: { ...data, error }, cause: thrown })
}

function chooseCode(error: string): ErrorCode {
  if (isDenied(error)) return 'StoreAccessDenied'
  if (isThrottled(error)) return 'StoreThrottled'
  return codes.get(error) ?? 'StoreUnavailable'
}

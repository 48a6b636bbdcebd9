import { type ErrorCode, SyncError } from '../../../core/errors.ts'

const none: ErrorCode = 'SopsNoMatchingKey'
const denied: ErrorCode = 'KmsAccessDenied'
const unusable: ErrorCode = 'SopsKeyUnusable'
const malformed: ErrorCode = 'SopsMetadataInvalid'

/** What the names of SDK errors mean; whatever is not listed is taken for an outage. */
const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['CredentialsProviderError', none],
  ['AccessDenied', denied],
  ['AccessDeniedException', denied],
  ['ExpiredToken', denied],
  ['ExpiredTokenException', denied],
  ['IncompleteSignature', denied],
  ['InvalidClientTokenId', denied],
  ['InvalidSignatureException', denied],
  ['RegionDisabledException', denied],
  ['SignatureDoesNotMatch', denied],
  ['UnrecognizedClientException', denied],
  ['DisabledException', unusable],
  ['InvalidKeyUsageException', unusable],
  ['KMSInvalidStateException', unusable],
  ['NotFoundException', unusable],
  ['IncorrectKeyException', malformed],
  ['InvalidCiphertextException', malformed],
  ['ValidationException', malformed],
])

/** A failure of KMS or STS, told apart by the name of the error; its text is dropped. */
export function toKmsError(
  thrown: unknown,
  data: { readonly key: string; readonly role?: string },
): SyncError {
  if (thrown instanceof SyncError) return thrown
  const name = thrown instanceof Error && /^\w{1,64}$/.test(thrown.name) ? thrown.name : 'unknown'
  const code = codes.get(name) ?? 'SopsKeyServiceUnavailable'
  return new SyncError(code, { data: { ...data, error: name }, cause: thrown })
}

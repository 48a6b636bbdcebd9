const deniedNames: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'NotAuthorized',
  'RegionDisabledException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
])

const throttledNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
])

/** What an error of the AWS SDK is called; all else about it may quote a request. */
export function readErrorName(thrown: unknown): string {
  return thrown instanceof Error && /^\w{1,64}$/.test(thrown.name) ? thrown.name : 'unknown'
}

/** Whether AWS refused the caller rather than the call. */
export function isDenied(errorName: string): boolean {
  return deniedNames.has(errorName)
}

/** Whether AWS asks to slow down. */
export function isThrottled(errorName: string): boolean {
  return throttledNames.has(errorName)
}

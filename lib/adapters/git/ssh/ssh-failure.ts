import type { ClientErrorExtensions } from 'ssh2'
import { SyncError } from '../../../core/errors.ts'
import { readErrorCode } from '../../egress/error-code.ts'
import { networkCodes } from '../wire/transport.ts'

/** What an error of the SSH library means for the repository at `url`. Its text is never passed on. */
export function describeSshError(url: string, error: Error & Partial<ClientErrorExtensions>): SyncError {
  return error.level === 'client-authentication'
    ? new SyncError('GitAuthFailed', { data: { url }, cause: error })
    : sshUnavailable(url, error.level ?? readErrorCode(error))
}

/** The error for a server that did not do its part. */
export function sshUnavailable(url: string, reason: string): SyncError {
  return new SyncError(networkCodes.unavailable, { data: { url, reason } })
}

import { SyncError } from '../../../core/errors.ts'
import { type AwsCredentials, signCanonicalRequest } from '../../aws/signature.ts'
import type { MintLogin } from './minted-credentials.ts'

/** AWS CodeCommit, with the credentials of the function itself. */
export interface CodeCommitLogin {
  readonly codeCommit: true
}

/** CodeCommit takes a signature for a quarter of an hour. */
const lifetimeMs = 15 * 60_000
const host = /^git-codecommit(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/

/**
 * A signature of the path of the repository as password, as the credential helper of the AWS CLI makes it.
 * @throws {SyncError} GitAuthFailed for a URL that is not one of CodeCommit
 */
export const mintCodeCommitLogin: MintLogin<CodeCommitLogin> = async (
  _,
  { url, now, readAwsCredentials },
) => {
  const { hostname, pathname } = new URL(url)
  const region = host.exec(hostname)?.[1]
  if (region === undefined) throw new SyncError('GitAuthFailed', { data: { url, login: 'CodeCommit' } })
  const credentials = await readAwsCredentials()
  const { accessKeyId, sessionToken } = credentials
  const timestamp = formatTimestamp(now())
  const signature = sign({ hostname, pathname, region, timestamp }, credentials)
  return {
    login: {
      username: sessionToken === undefined ? accessKeyId : `${accessKeyId}%${sessionToken}`,
      password: `${timestamp}Z${signature}`,
    },
    expiresAtMs: now() + lifetimeMs,
  }
}

interface Signed {
  readonly hostname: string
  readonly pathname: string
  readonly region: string
  /** `YYYYMMDDTHHMMSS`, UTC. */
  readonly timestamp: string
}

/** Over the method `GIT`, the host alone and no payload; the timestamp has no `Z` here. */
function sign({ hostname, pathname, region, timestamp }: Signed, credentials: AwsCredentials): string {
  const request = ['GIT', pathname, '', `host:${hostname}`, '', 'host', ''].join('\n')
  return signCanonicalRequest(request, credentials, { date: timestamp, region, service: 'codecommit' })
}

function formatTimestamp(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')
}

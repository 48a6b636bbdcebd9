import {
  type AwsCredentials,
  formatScope,
  formatSigningDate,
  sha256,
  signCanonicalRequest,
} from './signature.ts'

export interface UnsignedRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly body?: string
}

export interface Signer {
  readonly credentials: AwsCredentials
  readonly region: string
  /** As the host names call it, such as `execute-api`. */
  readonly service: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * The headers that sign a request by Signature Version 4, for every service but S3.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(
  { method, url, body = '' }: UnsignedRequest,
  { credentials, region, service, now }: Signer,
): Readonly<Record<string, string>> {
  const scope = { date: formatSigningDate(now), region, service }
  const { accessKeyId, sessionToken } = credentials
  const added = {
    'x-amz-date': scope.date,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const headers = Object.entries({ host: url.host, ...added }).sort()
  const names = headers.map(([name]) => name).join(';')
  const request = [
    method,
    // The path as it is sent is escaped once more.
    url.pathname.split('/').map(escapeText).join('/'),
    formatQuery(url.searchParams),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const signature = signCanonicalRequest(request, credentials, scope)
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${formatScope(scope)}, SignedHeaders=${names}, Signature=${signature}`
  return { ...added, authorization }
}

/** In the order of names and escaped as RFC 3986 says. */
export function formatQuery(parameters: Iterable<readonly [string, string]>): string {
  return [...parameters]
    .map(([name, value]) => `${escapeText(name)}=${escapeText(value)}`)
    .sort()
    .join('&')
}

function escapeText(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

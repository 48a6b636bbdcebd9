import { createHash, createHmac } from 'node:crypto'

/** Keys of an AWS principal; those of a role come with a session token. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** What a signature is good for. `date` is an instant in the form `20260101T000000Z`; some services leave the Z out. */
export interface SigningScope {
  readonly date: string
  readonly region: string
  readonly service: string
}

/** `20260101/eu-west-1/sts/aws4_request`: the part of a credential that names its scope. */
export function formatScope({ date, region, service }: SigningScope): string {
  return `${date.slice(0, 8)}/${region}/${service}/aws4_request`
}

/** An instant (milliseconds since the epoch) as signatures write it. */
export function formatSigningDate(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

/**
 * Signature Version 4, as hex, of a request in its canonical form.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signCanonicalRequest(
  canonicalRequest: string,
  { secretAccessKey }: AwsCredentials,
  scope: SigningScope,
): string {
  const { date, region, service } = scope
  const text = ['AWS4-HMAC-SHA256', date, formatScope(scope), sha256(canonicalRequest)].join('\n')
  const parts = [date.slice(0, 8), region, service, 'aws4_request']
  const key = parts.reduce<string | Buffer>(
    (derived, part) => createHmac('sha256', derived).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

/** SHA-256 as hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

import { formatQuery } from '../aws/sign-request.ts'
import {
  type AwsCredentials,
  formatScope,
  formatSigningDate,
  type SigningScope,
  sha256,
  signCanonicalRequest,
} from '../aws/signature.ts'

export interface EksTokenOptions {
  readonly cluster: string
  readonly region: string
  readonly credentials: AwsCredentials
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The cluster takes a token for 15 minutes after its date, whatever it says itself. */
const expiresInSeconds = 60

/**
 * A bearer token of EKS: a signed request to STS that tells who the caller is, and that the cluster sends itself. The
 * name of the cluster is signed too, so that no other takes it.
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
export function createEksToken({ cluster, region, credentials, now }: EksTokenOptions): string {
  const scope: SigningScope = { date: formatSigningDate(now), region, service: 'sts' }
  const host = `sts.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`
  const query = formatQuery(
    Object.entries({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${credentials.accessKeyId}/${formatScope(scope)}`,
      'X-Amz-Date': scope.date,
      'X-Amz-Expires': String(expiresInSeconds),
      ...(credentials.sessionToken !== undefined && { 'X-Amz-Security-Token': credentials.sessionToken }),
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    }),
  )
  const headers = `host:${host}\nx-k8s-aws-id:${cluster}\n`
  const request = ['GET', '/', query, headers, 'host;x-k8s-aws-id', sha256('')].join('\n')
  const signature = signCanonicalRequest(request, credentials, scope)
  const url = `https://${host}/?${query}&X-Amz-Signature=${signature}`
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`
}

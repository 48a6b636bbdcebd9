import { SyncError } from '../../core/errors.ts'
import type { Clock } from '../../ports.ts'
import type { AwsCredentials } from '../aws/signature.ts'
import { createEksToken } from './eks-token.ts'
import { type ClusterAccess, parseKubeconfig } from './kubeconfig.ts'

/** How the service is known to a cluster now. */
export interface ClusterConnection extends Omit<ClusterAccess, 'identity'> {
  readonly bearerToken?: string
  readonly clientCertificate?: { readonly certificate: string; readonly key: string }
}

/** The connection to one cluster; with `renew` what was known of it is not used again. */
export type OpenCluster = (renew: boolean) => Promise<ClusterConnection>

export interface OpenClusterOptions {
  /** The text of a kubeconfig, `null` where there is none. */
  readonly readKubeconfig: () => Promise<string | null>
  /** Who the process is in AWS. */
  readonly awsCredentials: () => Promise<AwsCredentials>
  readonly clock: Pick<Clock, 'now'>
}

/** A token of EKS is good for 15 minutes; the other kinds are looked for as often, since someone replaces them. */
const keptMs = 10 * 60_000

/**
 * Opens a cluster by a kubeconfig, and keeps what it found for some minutes.
 * @throws {SyncError} (from the closure) ClusterCredentialsInvalid, and what `readKubeconfig` throws
 */
export function createOpenCluster(options: OpenClusterOptions): OpenCluster {
  const { clock } = options
  let known: { readonly connection: Promise<ClusterConnection>; readonly expiresAt: number } | null = null
  return async (renew) => {
    if (!renew && known && clock.now() < known.expiresAt) return await known.connection
    const opening = { connection: open(options), expiresAt: clock.now() + keptMs }
    known = opening
    try {
      return await opening.connection
    } catch (thrown) {
      if (known === opening) known = null
      throw thrown
    }
  }
}

async function open({
  readKubeconfig,
  awsCredentials,
  clock,
}: OpenClusterOptions): Promise<ClusterConnection> {
  const yaml = await readKubeconfig()
  if (yaml === null) throw new SyncError('ClusterCredentialsInvalid', { data: { field: 'kubeconfig' } })
  const { identity, ...endpoint } = parseKubeconfig(yaml)
  switch (identity.kind) {
    case 'token':
      return { ...endpoint, bearerToken: identity.token }
    case 'certificate':
      return { ...endpoint, clientCertificate: identity }
    case 'eks': {
      const { cluster, region } = identity
      const credentials = await awsCredentials()
      return {
        ...endpoint,
        bearerToken: createEksToken({ cluster, region, credentials, now: clock.now() }),
      }
    }
  }
}

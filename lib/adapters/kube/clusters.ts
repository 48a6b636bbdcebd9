import type { ClusterLocation, ConfigLocation } from '../../core/config/config-location.ts'
import type { Clock } from '../../ports.ts'
import type { AwsCredentials } from '../aws/signature.ts'
import { createEgress } from '../egress/egress.ts'
import { createKubeClient, type KubeClient } from './kube-client.ts'
import { createOpenCluster } from './open-cluster.ts'

export interface ClustersOptions {
  /** The kubeconfig of a name; `null` where there is none. */
  readonly readKubeconfig: (name: string) => Promise<string | null>
  /** Who the process is in AWS, for clusters of EKS. */
  readonly awsCredentials: () => Promise<AwsCredentials>
  readonly clock: Clock
}

/** The client of a cluster, the same for every call with its name. */
export type OpenKubeClient = (cluster: Pick<ClusterLocation, 'name' | 'kubeconfig'>) => KubeClient

/** The clients of the clusters among `locations`, by their names. */
export function listKubeClients(
  locations: readonly ConfigLocation[],
  open: OpenKubeClient,
): ReadonlyMap<string, KubeClient> {
  const clusters = locations.filter((location) => location.kind === 'cluster')
  return new Map(clusters.map((location) => [location.name, open(location)]))
}

/** Clients of the clusters of a deployment. Each reaches the server that its kubeconfig names, and no other. */
export function createKubeClients({
  readKubeconfig,
  awsCredentials,
  clock,
}: ClustersOptions): OpenKubeClient {
  const clients = new Map<string, KubeClient>()
  return ({ name, kubeconfig }) => {
    const client =
      clients.get(name) ??
      createKubeClient({
        cluster: name,
        open: createOpenCluster({ readKubeconfig: () => readKubeconfig(kubeconfig), awsCredentials, clock }),
        createEgress: (server) => createEgress({ allowedHosts: [formatListedHost(server)] }),
        clock,
      })
    clients.set(name, client)
    return client
  }
}

/** A server as a list of allowed hosts names it: one port of it, and no brackets around an address. */
export function formatListedHost({ hostname, port }: URL): string {
  return `${hostname.replace(/^\[|\]$/g, '')}:${port || '443'}`
}

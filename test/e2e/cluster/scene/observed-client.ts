import { createEgress, type Egress } from '../../../../lib/adapters/egress/egress.ts'
import { createKubeClient, type KubeClient } from '../../../../lib/adapters/kube/kube-client.ts'
import { createOpenCluster } from '../../../../lib/adapters/kube/open-cluster.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import type { ControlPlane } from '../control-plane/start.ts'

export interface ObservedClient {
  readonly client: KubeClient
  /** What the API server has answered, in the order of its answers. */
  readonly statuses: readonly number[]
}

export interface ObservedClientOptions {
  /** The token that the kubeconfig holds now: asked whenever it is opened. */
  readonly readToken: () => string
  /** Sends a request, as it likes. */
  readonly send?: (egress: Egress, request: Parameters<Egress>[0]) => ReturnType<Egress>
}

/** The client of a cluster, whose requests a test sees and may hold up. */
export function openObservedClient(
  plane: ControlPlane,
  { readToken, send = (egress, request) => egress(request) }: ObservedClientOptions,
): ObservedClient {
  const statuses: number[] = []
  const client = createKubeClient({
    cluster: 'prod',
    clock: systemClock,
    open: createOpenCluster({
      readKubeconfig: async () => plane.kubeconfig(readToken()),
      awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
      clock: systemClock,
    }),
    createEgress: ({ host }) => {
      const egress = createEgress({ allowedHosts: [host] })
      return async (request) => {
        const response = await send(egress, request)
        statuses.push(response.status)
        return response
      }
    },
  })
  return { client, statuses }
}

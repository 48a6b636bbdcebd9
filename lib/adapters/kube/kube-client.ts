import type { Clock } from '../../ports.ts'
import { createKubeRequests, type KubeRequestOptions } from './kube-request.ts'
import { listPages } from './list-pages.ts'

/** One kind of object, in one namespace or in all. */
export interface KubeResource {
  /** `''` for the core group. */
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly namespace?: string
}

export interface ListOptions {
  /** Objects in one answer; 500 unless told. */
  readonly pageSize?: number
  readonly labelSelector?: string
  /** What is kept of each object: a page is dropped before the next one is read. */
  readonly pick?: (object: unknown) => unknown
}

/** What the service asks of the API of one cluster. It watches nothing, and writes the status of its own kind alone. */
export interface KubeClient {
  /** One object; `null` where it, or its kind, does not exist. */
  get(resource: KubeResource, name: string): Promise<unknown>
  /** Every object, as of one moment; `null` where the cluster does not serve the kind. */
  list(resource: KubeResource, options?: ListOptions): Promise<readonly unknown[] | null>
  /**
   * Sets the status of an object by server-side apply: fields that were set before and are left out now are removed.
   * Does nothing where the object is gone.
   */
  applyStatus(resource: KubeResource, object: StatusObject): Promise<void>
}

export interface StatusObject {
  readonly kind: string
  readonly name: string
  readonly status: unknown
}

export interface KubeClientOptions extends KubeRequestOptions {
  readonly clock: Clock
}

/** Who the status fields belong to, and who asks: flow control of the cluster tells clients apart by it. */
export const fieldManager = 'secret-manager-controller'

/**
 * The API of one cluster over https, with the cluster's CA and under the egress rules.
 * @throws {SyncError} (from every call) ClusterAuthFailed, ClusterForbidden (with verb and resource),
 *   ClusterCredentialsInvalid, ConfigSourceUnavailable, EgressForbidden
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
export function createKubeClient(options: KubeClientOptions): KubeClient {
  const send = createKubeRequests(options)
  return {
    get: async (resource, name) =>
      await send({ verb: 'get', resource, path: `/${encodeURIComponent(name)}` }),
    list: async (resource, listOptions = {}) => await listPages(send, resource, listOptions),
    applyStatus: async (resource, { kind, name, status }) => {
      const { group, version, namespace } = resource
      await send({
        verb: 'patch',
        resource,
        subresource: 'status',
        path: `/${encodeURIComponent(name)}/status?fieldManager=${fieldManager}&force=true`,
        body: {
          apiVersion: `${group}/${version}`,
          kind,
          metadata: { name, ...(namespace !== undefined && { namespace }) },
          status,
        },
      })
    },
  }
}

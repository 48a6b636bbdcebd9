import { afterAll, beforeAll, describe } from 'vitest'
import { installKinds, installRoles } from './kinds.ts'
import { assets, type ControlPlane, type ControlPlaneOptions, startControlPlane } from './start.ts'

/** A cluster that knows all kinds, with the groups of the service in the roles that a deployment gives them. */
export interface Cluster {
  readonly plane: ControlPlane
}

const skipped =
  assets === '' ? ' (skipped: KUBEBUILDER_ASSETS does not say where etcd and kube-apiserver are)' : ''

/** A suite with a cluster of its own, whose options may have to be made first. */
export function describeCluster(
  title: string,
  tests: (cluster: Cluster) => void,
  options: ControlPlaneOptions | (() => Promise<ControlPlaneOptions>) = {},
): void {
  describe.skipIf(assets === '')(`${title}${skipped}`, () => {
    let plane: ControlPlane
    beforeAll(async () => {
      plane = await startControlPlane(typeof options === 'function' ? await options() : options)
      await installKinds(plane.admin)
      await installRoles(plane.admin)
    }, 180_000)
    afterAll(async () => {
      await plane?.stop()
    })
    tests({
      get plane() {
        return plane
      },
    })
  })
}

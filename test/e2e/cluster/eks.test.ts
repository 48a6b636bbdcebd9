import { afterAll, expect, it } from 'vitest'
import { createClusterSource } from '../../../lib/adapters/config/cluster.ts'
import { createKubeClients } from '../../../lib/adapters/kube/clusters.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { type EksAuthenticator, startEksAuthenticator } from './scene/eks-authenticator.ts'
import { createConfig } from './scene/objects.ts'

const reconcileRole = { accessKeyId: 'ASIARECONCILE', secretAccessKey: 'secret-of-the-pass' }
const stranger = { accessKeyId: 'ASIASTRANGER', secretAccessKey: 'secret-of-a-stranger' }
const minuteMs = 60_000
let authenticator: EksAuthenticator

describeCluster(
  'a cluster of EKS',
  (cluster) => {
    afterAll(async () => await authenticator?.close())

    /** What `aws eks update-kubeconfig` writes for a cluster. */
    const formatKubeconfig = (name: string) => {
      const { clusters, ...config } = JSON.parse(cluster.plane.kubeconfig(''))
      const args = ['--region', 'eu-west-1', 'eks', 'get-token', '--cluster-name', name, '--output', 'json']
      const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args }
      return JSON.stringify({ ...config, clusters, users: [{ name: 'smc', user: { exec } }] })
    }
    const open = (
      credentials: typeof reconcileRole,
      { name = 'prod-eu', now = Date.now, sessionToken = 'session/of=lambda==' } = {},
    ) => {
      const openClient = createKubeClients({
        readKubeconfig: async () => formatKubeconfig(name),
        awsCredentials: async () => ({ ...credentials, sessionToken }),
        clock: { ...systemClock, now },
      })
      return createClusterSource({ name: 'prod', client: openClient({ name: 'prod', kubeconfig: 'prod' }) })
    }

    it('lets in the principal that has signed, with the groups of its access entry', async () => {
      await cluster.plane.admin.apply(createConfig('web'))
      const source = open(reconcileRole)
      expect((await source.listConfigs()).manifests.map(({ metadata }) => metadata.name)).toEqual(['web'])
      await expect(source.readConfig('apps', 'web')).rejects.toMatchObject({ code: 'ClusterForbidden' })
    })

    it.each([
      ['a principal without an access entry', stranger, {}],
      ['a signature of somebody else', { ...reconcileRole, secretAccessKey: 'guessed' }, {}],
      ['a token that was signed for another cluster', reconcileRole, { name: 'prod-us' }],
      ['a token of twenty minutes ago', reconcileRole, { now: () => Date.now() - 20 * minuteMs }],
    ])('does not let in %s', async (_, credentials, options) => {
      await expect(open(credentials, options).listConfigs()).rejects.toMatchObject({
        code: 'ClusterAuthFailed',
      })
    })

    it('is shown a new token before the one of the last ten minutes ends', async () => {
      let now = Date.now() - 12 * minuteMs
      const source = open(reconcileRole, { now: () => now, sessionToken: 'renewed' })
      await source.listConfigs()
      now = Date.now()
      await source.listConfigs()
      await source.listConfigs()
      const shown = authenticator.urls.filter((url) => url.includes('X-Amz-Security-Token=renewed'))
      expect(new Set(shown).size).toBe(2)
    })
  },
  async () => {
    authenticator = await startEksAuthenticator('prod-eu', [{ ...reconcileRole, groups: ['smc-reconcile'] }])
    return { flags: ['--authentication-token-webhook-config-file', authenticator.configFile] }
  },
)

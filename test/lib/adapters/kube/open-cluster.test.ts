import { describe, expect, it } from 'vitest'
import { createOpenCluster } from '../../../../lib/adapters/kube/open-cluster.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { formatKubeconfig } from '../../../fakes/kube-server.ts'

const server = 'https://kube.test'
const awsCredentials = async () => ({ accessKeyId: 'id', secretAccessKey: 'key' })
const eksUser = {
  exec: { command: 'aws', args: ['eks', 'get-token', '--cluster-name', 'c1', '--region', 'eu-west-1'] },
}

describe('createOpenCluster', () => {
  it('keeps what it found for ten minutes, and reads anew where it is told', async () => {
    const clock = createFakeClock()
    let reads = 0
    const readKubeconfig = async () => formatKubeconfig(server, { token: `t${++reads}` })
    const open = createOpenCluster({ readKubeconfig, awsCredentials, clock })
    expect((await open(false)).bearerToken).toBe('t1')
    clock.advance(9 * 60_000)
    expect((await open(false)).bearerToken).toBe('t1')
    expect((await open(true)).bearerToken).toBe('t2')
    clock.advance(10 * 60_000)
    expect((await open(false)).bearerToken).toBe('t3')
  })

  it('signs a token of EKS', async () => {
    const readKubeconfig = async () => formatKubeconfig(server, eksUser)
    const open = createOpenCluster({ readKubeconfig, awsCredentials, clock: createFakeClock() })
    expect((await open(false)).bearerToken).toMatch(/^k8s-aws-v1\./)
  })

  it('presents a certificate', async () => {
    const user = { 'client-certificate-data': 'Yw==', 'client-key-data': 'aw==' }
    const readKubeconfig = async () => formatKubeconfig(server, user)
    const open = createOpenCluster({ readKubeconfig, awsCredentials, clock: createFakeClock() })
    expect(await open(false)).toMatchObject({ clientCertificate: { certificate: 'c', key: 'k' } })
  })

  it('does not keep a failure', async () => {
    let text: string | null = null
    const open = createOpenCluster({
      readKubeconfig: async () => text,
      awsCredentials,
      clock: createFakeClock(),
    })
    await expect(open(false)).rejects.toMatchObject({ code: 'ClusterCredentialsInvalid' })
    text = formatKubeconfig(server, { token: 't' })
    expect((await open(false)).bearerToken).toBe('t')
  })
})

import { expect, it } from 'vitest'
import { createAssertDestination } from '../../../../lib/adapters/egress/destination.ts'
import { createKubeClients, formatListedHost } from '../../../../lib/adapters/kube/clusters.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { startKubeServer } from '../../../fakes/kube-server.ts'

const secrets = { group: '', version: 'v1', plural: 'secrets', namespace: 'a' }

it('opens each cluster by its own kubeconfig, once', async () => {
  const [one, other] = [await startKubeServer(), await startKubeServer()]
  const reads: string[] = []
  const open = createKubeClients({
    readKubeconfig: async (name) => {
      reads.push(name)
      return name === 'one' ? one.kubeconfig('t1') : other.kubeconfig('t2')
    },
    awsCredentials: async () => ({ accessKeyId: 'id', secretAccessKey: 'key' }),
    clock: createFakeClock(),
  })
  await open({ name: 'prod', kubeconfig: 'one' }).get(secrets, 'x')
  await open({ name: 'prod', kubeconfig: 'one' }).get(secrets, 'x')
  await open({ name: 'dev', kubeconfig: 'two' }).get(secrets, 'x')
  expect(reads).toEqual(['one', 'two'])
  expect(one.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t1'])
  expect(other.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer t2'])
})

it.each([
  ['https://kube.test', 'kube.test:443'],
  ['https://10.0.0.1:6443', '10.0.0.1:6443'],
  ['https://[fd00::1]:6443', 'fd00::1:6443'],
])('lists the server %s as %s', (server, host) => {
  expect(formatListedHost(new URL(server))).toBe(host)
  const vet = createAssertDestination({ allowedHosts: [host] })
  expect(() => vet(new URL(server), 'http')).not.toThrow()
})

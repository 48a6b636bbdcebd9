import { describe, expect, it } from 'vitest'
import { parseKubeconfig } from '../../../../lib/adapters/kube/kubeconfig.ts'
import { codeOf } from '../../../fakes/errors.ts'
import { formatKubeconfig } from '../../../fakes/kube-server.ts'
import { testCertificate } from '../../../servers/http-server.ts'

const server = 'https://kube.test:6443'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const withCluster = (fields: Readonly<Record<string, unknown>>) => {
  const config = JSON.parse(formatKubeconfig(server, { token: 't' }))
  Object.assign(config.clusters[0].cluster, fields)
  return JSON.stringify(config)
}
const eks = (args: readonly string[], command = 'aws') =>
  formatKubeconfig(server, { exec: { command, args } })

describe('parseKubeconfig', () => {
  it('reads a token', () => {
    expect(parseKubeconfig(formatKubeconfig(server, { token: 't' }))).toEqual({
      server,
      ca: testCertificate,
      identity: { kind: 'token', token: 't' },
    })
  })

  it('reads a client certificate and the name that the server has', () => {
    const user = { 'client-certificate-data': base64('cert'), 'client-key-data': base64('key') }
    expect(parseKubeconfig(formatKubeconfig(server, user)).identity).toEqual({
      kind: 'certificate',
      certificate: 'cert',
      key: 'key',
    })
    expect(parseKubeconfig(withCluster({ 'tls-server-name': 'kubernetes' })).serverName).toBe('kubernetes')
  })

  it.each([
    [['--region', 'eu-west-1', 'eks', 'get-token', '--cluster-name', 'c1', '--output', 'json']],
    [['eks', 'get-token', '--cluster-name', 'c1', '--region', 'eu-west-1']],
  ])('reads the cluster from %j and runs nothing', (args) => {
    expect(parseKubeconfig(eks(args)).identity).toEqual({ kind: 'eks', cluster: 'c1', region: 'eu-west-1' })
  })

  it('reads the current context of several', () => {
    const config = JSON.parse(formatKubeconfig(server, { token: 't' }))
    config.users.push({ name: 'other', user: { token: 'o' } })
    config.contexts.unshift({ name: 'other', context: { cluster: 'c', user: 'other' } })
    expect(parseKubeconfig(JSON.stringify(config)).identity).toEqual({ kind: 'token', token: 't' })
    config['current-context'] = 'other'
    expect(parseKubeconfig(JSON.stringify(config)).identity).toEqual({ kind: 'token', token: 'o' })
  })

  it.each([
    ['another program', eks(['token'], 'gke-gcloud-auth-plugin')],
    ['another role', eks(['eks', 'get-token', '--cluster-name', 'c1', '--region', 'r', '--role-arn', 'x'])],
    ['no region', eks(['eks', 'get-token', '--cluster-name', 'c1'])],
    ['an unchecked certificate', withCluster({ 'insecure-skip-tls-verify': true })],
    ['a file of the machine', withCluster({ 'certificate-authority': '/etc/ca.crt' })],
    ['a proxy', withCluster({ 'proxy-url': 'http://proxy.test' })],
    ['http', withCluster({ server: 'http://kube.test' })],
    ['a plug-in', formatKubeconfig(server, { token: 't', 'auth-provider': { name: 'oidc' } })],
    ['somebody else', formatKubeconfig(server, { token: 't', as: 'root' })],
    ['a token in a file', formatKubeconfig(server, { token: 't', tokenFile: '/var/run/token' })],
    ['a password', formatKubeconfig(server, { username: 'u', password: 'p' })],
    ['nobody', formatKubeconfig(server, {})],
    ['half a certificate', formatKubeconfig(server, { 'client-certificate-data': base64('c') })],
    ['no context', JSON.stringify({ ...JSON.parse(formatKubeconfig(server, { token: 't' })), contexts: [] })],
    ['no YAML', '{'],
    ['nothing', ''],
  ])('refuses %s', (_, yaml) => {
    expect(codeOf(() => parseKubeconfig(yaml))).toBe('ClusterCredentialsInvalid')
  })

  it('names no value in a refusal', () => {
    try {
      parseKubeconfig(formatKubeconfig('http://canary-host', { token: 'canary-token' }))
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('canary')
    }
  })
})

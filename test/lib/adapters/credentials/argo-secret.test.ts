import { expect, it } from 'vitest'
import { readArgoSecret } from '../../../../lib/adapters/credentials/argo-secret.ts'
import { catchError } from '../../../fakes/errors.ts'

const https = 'https://git.test/o/r'
const ssh = 'ssh://git@git.test/o/r'
const trust = { knownHosts: 'hosts' }
const read = (values: Readonly<Record<string, string>>, url = https) =>
  readArgoSecret({ secret: 'argocd/repo', values: new Map(Object.entries(values)) }, url, trust)

it.each<[string, Record<string, string>, object]>([
  ['user and password', { username: 'u', password: 'p' }, { username: 'u', password: 'p' }],
  ['a password alone', { password: 'p' }, { username: 'x-access-token', password: 'p' }],
  [
    'a password before a token',
    { password: 'p', bearerToken: 't' },
    { username: 'x-access-token', password: 'p' },
  ],
  ['a bearer token', { bearerToken: 't' }, { bearerToken: 't' }],
])('logs in with %s', (_, values, login) => {
  expect(read(values)).toEqual({ urlPrefix: https, login })
})

it('logs in over SSH with the hosts that Argo CD knows', () => {
  expect(read({ sshPrivateKey: 'key' }, ssh)).toEqual({
    urlPrefix: ssh,
    login: { privateKey: 'key\n', knownHosts: 'hosts' },
  })
})

it('presents a client certificate and trusts the CA of the host', () => {
  const data = {
    secret: 's',
    values: new Map([
      ['tlsClientCertData', 'c'],
      ['tlsClientCertKey', 'k'],
    ]),
  }
  expect(readArgoSecret(data, https, { ...trust, ca: 'pem' })).toEqual({
    urlPrefix: https,
    ca: 'pem',
    clientCertificate: { certificate: 'c', key: 'k' },
  })
})

it.each<[string, Record<string, string>, string]>([
  ['azureServicePrincipalClientId', { azureServicePrincipalClientSecret: 'canary' }, https],
  ['gcpServiceAccountKey', { gcpServiceAccountKey: 'canary' }, https],
  ['useAzureWorkloadIdentity', { useAzureWorkloadIdentity: 'true' }, https],
  ['sshPrivateKey', { password: 'canary' }, ssh],
])('refuses %s', (key, values, url) => {
  const error = catchError(() => read(values, url))
  expect(error).toMatchObject({ code: 'GitAuthFailed', data: { key } })
  expect(JSON.stringify(error)).not.toContain('canary')
})

it('logs in as a GitHub App, of the owner in the URL where no installation is named', () => {
  const app = { githubAppID: '1', githubAppPrivateKey: 'k' }
  expect(read(app).login).toEqual({ appId: '1', privateKey: 'k\n', owner: 'o' })
  expect(
    read({ ...app, githubAppInstallationID: '2', githubAppEnterpriseBaseUrl: 'https://ghe.test/api/v3' })
      .login,
  ).toEqual({ appId: '1', privateKey: 'k\n', installationId: '2', apiUrl: 'https://ghe.test/api/v3' })
})

it.each(['Id', 'ID'])('logs in as a principal of Azure, its keys spelled with %s', (id) => {
  const principal = {
    azureServicePrincipalClientSecret: 's',
    [`azureServicePrincipalClient${id}`]: 'c',
    [`azureServicePrincipalTenant${id}`]: 't',
  }
  expect(read(principal).login).toEqual({ tenantId: 't', clientId: 'c', clientSecret: 's' })
})

it('takes what is switched off for absent', () => {
  expect(read({ useAzureWorkloadIdentity: 'false' })).toEqual({ urlPrefix: https })
})

import { describe, expect, it } from 'vitest'
import { readFluxSecret } from '../../../../lib/adapters/credentials/flux-secret.ts'
import { catchError } from '../../../fakes/errors.ts'

const https = 'https://git.test/o/r'
const ssh = 'ssh://git@git.test/o/r'
const read = (values: Readonly<Record<string, string>>, url = https) =>
  readFluxSecret({ secret: 'a/creds', values: new Map(Object.entries(values)) }, url)

describe('a Secret of a GitRepository', () => {
  it.each<[string, Record<string, string>, object]>([
    ['user and password', { username: 'u', password: 'p' }, { login: { username: 'u', password: 'p' } }],
    ['a bearer token', { bearerToken: 't' }, { login: { bearerToken: 't' } }],
    ['a lone token', { token: 'ghp_x' }, { login: { username: 'x-access-token', password: 'ghp_x' } }],
    ['a token of a user', { username: 'u', githubToken: 't' }, { login: { username: 'u', password: 't' } }],
    ['a CA alone', { 'ca.crt': 'pem' }, { ca: 'pem' }],
    ['the older name of a CA', { caFile: 'pem' }, { ca: 'pem' }],
    [
      'a client certificate beside a password',
      { 'tls.crt': 'c', 'tls.key': 'k', username: 'u', password: 'p' },
      { clientCertificate: { certificate: 'c', key: 'k' }, login: { username: 'u', password: 'p' } },
    ],
    [
      'its older names',
      { certFile: 'c', keyFile: 'k' },
      { clientCertificate: { certificate: 'c', key: 'k' } },
    ],
    ['nothing that is used', { note: 'x' }, {}],
  ])('holds %s, for the URL of the object alone', (_, values, expected) => {
    expect(read(values)).toEqual({ urlPrefix: https, ...expected })
  })

  it('holds a GitHub App where that is the provider', () => {
    const values = new Map(
      Object.entries({ githubAppID: '1', githubAppPrivateKey: 'k', githubAppInstallationID: '2' }),
    )
    expect(readFluxSecret({ secret: 'a/creds', values }, https, 'github')).toEqual({
      urlPrefix: https,
      login: { appId: '1', privateKey: 'k\n', installationId: '2' },
    })
    values.delete('githubAppInstallationID')
    values.set('githubAppInstallationOwner', 'org').set('githubAppBaseURL', 'https://ghe.test/api/v3')
    expect(readFluxSecret({ secret: 'a/creds', values }, https, 'github').login).toEqual({
      appId: '1',
      privateKey: 'k\n',
      owner: 'org',
      apiUrl: 'https://ghe.test/api/v3',
    })
    for (const key of ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationOwner']) {
      const without = new Map(values)
      without.delete(key)
      expect(catchError(() => readFluxSecret({ secret: 's', values: without }, https, 'github'))?.code).toBe(
        'GitAuthFailed',
      )
    }
  })

  it('holds an SSH identity with its hosts, and the passphrase where there is one', () => {
    const keys = { identity: 'key', known_hosts: 'hosts' }
    expect(read(keys, ssh)).toEqual({ urlPrefix: ssh, login: { privateKey: 'key\n', knownHosts: 'hosts' } })
    expect(read({ ...keys, password: 'secret' }, ssh).login).toMatchObject({ passphrase: 'secret' })
  })

  it.each<[string, Record<string, string>, string]>([
    ['username', { password: 'canary' }, https],
    ['bearerToken', { bearerToken: 'canary', username: 'u', password: 'canary' }, https],
    ['tls.key', { 'tls.crt': 'canary' }, https],
    ['tls.crt', { 'tls.key': 'canary' }, https],
    ['githubAppID', { githubAppID: 'canary' }, https],
    ['identity', { known_hosts: 'canary' }, ssh],
    ['known_hosts', { identity: 'canary' }, ssh],
  ])('is refused for %s', (key, values, url) => {
    const error = catchError(() => read(values, url))
    expect(error).toMatchObject({ code: 'GitAuthFailed', data: { secret: 'a/creds', key } })
    expect(JSON.stringify(error)).not.toContain('canary')
  })
})

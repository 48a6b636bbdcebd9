import { describe, expect, it } from 'vitest'
import { createGitCredentials } from '../../../../lib/adapters/credentials/git-credentials.ts'

const url = 'https://git.test/org'

/** What the secret `smc/git/apps/login` with this text gives. */
async function readCredential(text: string | null) {
  const readText = async (name: string) => (name === 'smc/git/apps/login' ? text : 'other')
  return await createGitCredentials({ readText, prefix: 'smc/' })({ namespace: 'apps', name: 'login' }, url)
}

describe('createGitCredentials', () => {
  it.each([
    [
      { url, username: 'u', password: 'p' },
      { urlPrefix: url, login: { username: 'u', password: 'p' } },
    ],
    [
      { url, password: 'token' },
      { urlPrefix: url, login: { username: '', password: 'token' } },
    ],
    [
      { url, bearerToken: 't' },
      { urlPrefix: url, login: { bearerToken: 't' } },
    ],
    [
      { url, ca: 'PEM' },
      { urlPrefix: url, ca: 'PEM' },
    ],
    [
      { url, ssh: { privateKey: 'PEM', knownHosts: 'git.test a b' } },
      { urlPrefix: url, login: { privateKey: 'PEM', knownHosts: 'git.test a b' } },
    ],
    [
      { url, githubApp: { appId: '1', privateKey: 'PEM', owner: 'org' } },
      { urlPrefix: url, login: { appId: '1', privateKey: 'PEM', owner: 'org' } },
    ],
    [
      { url, codeCommit: true },
      { urlPrefix: url, login: { codeCommit: true } },
    ],
    [
      { url, proxy: { address: 'http://proxy.test:3128', username: 'u', password: 'p' } },
      {
        urlPrefix: url,
        proxy: { address: 'http://proxy.test:3128', login: { username: 'u', password: 'p' } },
      },
    ],
  ])('reads %o', async (written, credential) => {
    expect(await readCredential(JSON.stringify(written))).toEqual(credential)
  })

  it('has none where there is no such secret', async () => {
    expect(await readCredential(null)).toBeNull()
  })

  it.each([
    ['canary-token', ''],
    [JSON.stringify({ username: 'u', password: 'canary-password' }), 'url'],
    [JSON.stringify({ url, password: '' }), 'password'],
    [JSON.stringify({ url, user: 'canary-user' }), ''],
    [JSON.stringify({ url, ssh: { privateKey: 'canary-key' } }), 'ssh.knownHosts'],
    [JSON.stringify({ url, password: 'canary', bearerToken: 'canary' }), 'more than one login'],
  ])('refuses %s and quotes nothing', async (text, field) => {
    const thrown = await readCredential(text).catch((caught: unknown) => caught)
    expect(thrown).toMatchObject({ code: 'GitAuthFailed', data: { secret: 'smc/git/apps/login', field } })
    expect(JSON.stringify(thrown)).not.toContain('canary')
  })
})

import { describe, expect, it } from 'vitest'
import { type ArgoSecret, chooseArgoSecret } from '../../../../lib/adapters/credentials/argo-secrets.ts'

const entry = (secret: string, type: string, values: Readonly<Record<string, string>>): ArgoSecret => ({
  secret,
  labels: { 'argocd.argoproj.io/secret-type': type },
  values: new Map(Object.entries(values)),
})
const login = { username: 'u', password: 'p' }
const choose = (secrets: readonly ArgoSecret[], url: string, project = 'default') => {
  const { secret, passedOver } = chooseArgoSecret(secrets, { url, project })
  return [secret?.secret ?? null, passedOver?.secret ?? null]
}

describe('the entry of a repository', () => {
  const plain = entry('plain', 'repository', { url: 'https://git.test/Org/App.git', ...login })
  const own = entry('own', 'repository', { url: 'https://git.test/org/app', project: 'team', ...login })

  it('is found by its URL, however that is written', () => {
    expect(choose([plain], 'https://git.test/org/app')[0]).toBe('plain')
    expect(choose([plain], 'https://git.test/org/app2')[0]).toBeNull()
    expect(choose([plain], 'http://git.test/org/app')[0]).toBeNull()
    const scp = entry('scp', 'repository', { url: 'git@git.test:org/app', sshPrivateKey: 'k' })
    expect(choose([scp], 'ssh://git@git.test/org/app.git')[0]).toBe('scp')
  })

  it('is that of the project, then one of no project, and never that of another', () => {
    expect(choose([plain, own], 'https://git.test/org/app', 'team')[0]).toBe('own')
    expect(choose([own, plain], 'https://git.test/org/app', 'other')[0]).toBe('plain')
    expect(choose([own], 'https://git.test/org/app', 'other')[0]).toBeNull()
  })

  it('is not one for writing, nor one of another type', () => {
    const writing = entry('w', 'repository-write', { url: 'https://git.test/org/app', ...login })
    const helm = entry('h', 'repository', { url: 'https://git.test/org/app', type: 'helm', ...login })
    expect(choose([writing, helm], 'https://git.test/org/app')[0]).toBeNull()
  })
})

describe('the template for many repositories', () => {
  const org = entry('org', 'repo-creds', { url: 'https://git.test/org', ...login })
  const team = entry('team', 'repo-creds', { url: 'https://git.test/org/team/', ...login })

  it('is the longest whose URL the repository lies below', () => {
    expect(choose([org, team], 'https://git.test/org/team/app')[0]).toBe('team')
    expect(choose([team, org], 'https://git.test/org/app')[0]).toBe('org')
    expect(choose([org], 'https://git.test/org')[0]).toBe('org')
  })

  it('does not serve a name that begins like its own, and says so', () => {
    expect(choose([org], 'https://git.test/org-evil/x')).toEqual([null, 'org'])
    expect(choose([org], 'https://git.test.evil/org/x')).toEqual([null, null])
  })

  it('gives way to an entry that logs in, and serves one that does not', () => {
    const public_ = entry('bare', 'repository', { url: 'https://git.test/org/app' })
    const secret = entry('own', 'repository', { url: 'https://git.test/org/app', ...login })
    expect(choose([org, public_], 'https://git.test/org/app')[0]).toBe('org')
    expect(choose([org, secret], 'https://git.test/org/app')[0]).toBe('own')
    expect(choose([public_], 'https://git.test/org/app')[0]).toBe('bare')
  })

  it('serves nothing without a URL', () => {
    expect(choose([entry('e', 'repo-creds', login)], 'https://git.test/org/app')).toEqual([null, null])
  })
})

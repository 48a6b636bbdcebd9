import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../../lib/core/config/policy/parse-policy.ts'
import { catchError } from '../../../../fakes/errors.ts'

describe('parsePolicy', () => {
  it('reads everything that a tenant may be granted', () => {
    const text = `
tenancy: listed
tenants:
  - tenant: prod/team-a
    sourceNamespaces: [flux-system]
    repositories: [https://git.test/team-a]
    namePrefixes: [team-a-]
    parameterPrefixes: [/team-a/]
    decryptionKeys: [age1abc]
    roles: ['arn:aws:iam::123456789012:role/*']
    accounts: ['123456789012']
    regions: [eu-west-1]
    encryptionKeys: [alias/a]
    adopt: true
    prune: true
  - tenant: prod/team-b
`
    expect(parsePolicy(text)).toEqual({
      tenancy: 'listed',
      tenants: [
        {
          tenant: 'prod/team-a',
          sourceNamespaces: ['flux-system'],
          repositories: ['https://git.test/team-a'],
          namePrefixes: ['team-a-'],
          parameterPrefixes: ['/team-a/'],
          decryptionKeys: ['age1abc'],
          roles: ['arn:aws:iam::123456789012:role/*'],
          accounts: ['123456789012'],
          regions: ['eu-west-1'],
          encryptionKeys: ['alias/a'],
          adopt: true,
          prune: true,
        },
        { tenant: 'prod/team-b', namePrefixes: [] },
      ],
    })
  })

  it('reads rules for repositories', () => {
    const signer = readFileSync(
      join(import.meta.dirname, '../../../../fixtures/git/signed/ssh-ed25519.signer'),
      'utf8',
    )
    const repositoryRules = [{ url: 'https://git.test/org', fastForward: true, signedBy: [signer] }]
    const text = JSON.stringify({ tenancy: 'single', repositoryRules })
    expect(parsePolicy(text)).toEqual({ tenancy: 'single', repositoryRules })
  })

  it('reads the policy of one tenant', () => {
    expect(parsePolicy('tenancy: single')).toEqual({ tenancy: 'single' })
  })

  it.each([
    ['', 'policy'],
    ['{', 'policy'],
    ['tenancy: all', 'policy.tenancy'],
    ['tenancy: single\ntenants: []', 'policy.tenants'],
    ['tenancy: listed\ntenants: [{ tenant: a/b, namePrefix: [x] }]', 'policy.tenants[0].namePrefix'],
    ['tenancy: listed\ntenants: [{ tenant: a }]', 'policy.tenants[0].tenant'],
    ["tenancy: listed\ntenants: [{ tenant: a/b, namePrefixes: [''] }]", 'policy.tenants[0].namePrefixes[0]'],
    [
      'tenancy: listed\ntenants: [{ tenant: a/b, repositories: [git.test] }]',
      'policy.tenants[0].repositories[0]',
    ],
    ['tenancy: listed\ntenants: [{ tenant: a/b }, { tenant: a/b }]', 'policy.tenants[1].tenant'],
    [
      'tenancy: single\nrepositoryRules: [{ url: "https://git.test", signedBy: [] }]',
      'policy.repositoryRules[0].signedBy',
    ],
    [
      'tenancy: single\nrepositoryRules: [{ url: "https://git.test", signedBy: [ssh-ed25519 AAAA] }]',
      'policy.repositoryRules[0].signedBy[0]',
    ],
  ])('refuses %j at %s', (text, path) => {
    expect(catchError(() => parsePolicy(text))).toMatchObject({ code: 'PolicyInvalid', data: { path } })
  })
})

import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../../lib/core/config/parse/parse-config.ts'
import {
  authorizeConfig,
  authorizeNames,
  authorizeSource,
  isKeyPermitted,
} from '../../../../../lib/core/config/policy/authorize.ts'
import type { Policy, TenantGrant } from '../../../../../lib/core/config/policy/policy.ts'
import type { KeyEntry } from '../../../../../lib/core/sops/keys/key-entry.ts'
import { parseSource } from '../../../../../lib/core/source/parse-source.ts'
import { createConfigManifest, createGitRepository } from '../../../../fakes/manifests.ts'

const listed: Policy = {
  tenancy: 'listed',
  ownPrefix: 'smc/',
  tenants: [
    { tenant: 'local/a', namePrefixes: ['a/', 'shared-'] },
    { tenant: 'local/b', namePrefixes: ['b/'] },
  ],
}
const refused = (data: object) => expect.objectContaining({ code: 'NotPermitted', data })

describe('authorizeConfig and authorizeSource', () => {
  const parse = (spec: Record<string, unknown> = {}, namespace = 'flux-system') => {
    const manifest = createConfigManifest(spec)
    return parseConfig({ ...manifest, metadata: { ...manifest.metadata, namespace } }, 'prod')
  }
  const source = parseSource(createGitRepository({ url: 'https://git.test/team/app' }))
  const grant = (changes: Partial<TenantGrant> = {}): Policy => ({
    tenancy: 'listed',
    tenants: [{ tenant: 'prod/flux-system', namePrefixes: [], ...changes }],
  })
  const role = 'arn:aws:iam::123456789012:role/smc-team'
  const aws = { region: 'eu-west-1', auth: { authType: 'irsa', roleArn: role } }
  const kmsKeyId = 'alias/team'

  it('allow everything to the only tenant', () => {
    const config = parse({ provider: { aws: { ...aws, kmsKeyId } }, prune: 'schedule' }, 'anywhere')
    expect(() => authorizeConfig({ tenancy: 'single' }, config)).not.toThrow()
    expect(() => authorizeSource({ tenancy: 'single' }, config, source)).not.toThrow()
  })

  it('allow a tenant that is not listed its own namespace, and nothing of others', () => {
    const policy: Policy = { tenancy: 'listed', tenants: [] }
    expect(() => authorizeConfig(policy, parse())).not.toThrow()
    expect(() => authorizeSource(policy, parse(), source)).not.toThrow()
    expect(() => authorizeConfig(policy, parse({}, 'apps'))).toThrow(
      refused({ path: 'spec.sourceRef.namespace' }),
    )
  })

  it.each<[string, Record<string, unknown>, Partial<TenantGrant>, Partial<TenantGrant>]>([
    [
      'spec.sourceRef.namespace',
      { sourceRef: { name: 'x', namespace: 'shared' } },
      { sourceNamespaces: ['shared'] },
      { sourceNamespaces: ['other'] },
    ],
    [
      'spec.sourceRef.gitCredentials.namespace',
      { sourceRef: { name: 'x', namespace: 'flux-system', gitCredentials: { name: 'c', namespace: 'b' } } },
      { sourceNamespaces: ['b'] },
      {},
    ],
    ['spec.provider.aws.region', {}, { regions: ['eu-*'] }, { regions: ['us-east-1'] }],
    [
      'spec.provider.aws.auth.roleArn',
      { provider: { aws } },
      { roles: ['arn:aws:iam::123456789012:role/smc-*'], accounts: ['123456789012'] },
      { roles: ['arn:aws:iam::123456789012:role/other'] },
    ],
    ['spec.provider.aws.auth.roleArn', { provider: { aws } }, { roles: [role] }, {}],
    [
      'spec.provider.aws.auth.roleArn',
      { provider: { aws } },
      { roles: ['*'] },
      { roles: ['*'], accounts: ['210987654321'] },
    ],
    [
      'spec.provider.aws.kmsKeyId',
      { provider: { aws: { region: 'eu-west-1', kmsKeyId } } },
      { encryptionKeys: [kmsKeyId] },
      {},
    ],
    ['spec.adopt', { adopt: [{ name: 'x', versionId: 'v'.repeat(32) }] }, { adopt: true }, {}],
    ['spec.prune', { prune: 'schedule' }, { prune: true }, { prune: false }],
  ])('allow %s only where it is granted', (path, spec, granting, refusing) => {
    expect(() => authorizeConfig(grant(granting), parse(spec))).not.toThrow()
    expect(() => authorizeConfig(grant(refusing), parse(spec))).toThrow(refused({ path }))
  })

  it('allow repositories below the listed URLs alone', () => {
    const judge = (repositories: string[]) => authorizeSource(grant({ repositories }), parse(), source)
    expect(() => judge(['https://git.test/team'])).not.toThrow()
    for (const repositories of [
      [],
      ['https://git.test/te'],
      ['https://git.test/team-b'],
      ['http://git.test/team'],
    ]) {
      expect(() => judge(repositories)).toThrow(refused({ path: 'spec.sourceRef' }))
    }
  })
})

describe('isKeyPermitted', () => {
  const kms: KeyEntry = { kind: 'kms', arn: 'arn:aws:kms:eu-west-1:1:key/a', context: { k: 'v' }, enc: '' }
  const age: KeyEntry = { kind: 'age', recipient: 'age1abc', enc: '' }
  const policy: Policy = {
    tenancy: 'listed',
    tenants: [
      { tenant: 'prod/a', namePrefixes: [], decryptionKeys: ['arn:aws:kms:eu-west-1:1:key/*', 'age1abc'] },
    ],
  }

  it('grants what is listed for the tenant, and everything to the only one', () => {
    expect([kms, age].map((entry) => isKeyPermitted(policy, 'prod/a/x', entry))).toEqual([true, true])
    expect([kms, age].map((entry) => isKeyPermitted(policy, 'prod/b/x', entry))).toEqual([false, false])
    expect(isKeyPermitted(policy, 'prod/a/x', { ...age, recipient: 'age1abcd' })).toBe(false)
    expect(isKeyPermitted({ tenancy: 'single' }, 'prod/b/x', kms)).toBe(true)
  })
})

describe('authorizeNames', () => {
  it('allows every name to the only tenant, but those of the service itself', () => {
    const policy: Policy = { tenancy: 'single', ownPrefix: 'smc/' }
    expect(() => authorizeNames(policy, { id: 'local/a/c' }, ['b/x', 'smc', 'x/smc/y'])).not.toThrow()
    expect(() => authorizeNames(policy, { id: 'local/a/c' }, ['b/x', 'smc/webhook'])).toThrow(
      refused({ secret: 'smc/webhook' }),
    )
  })

  it.each([
    ['local/a/c', ['a/x', 'shared-x'], null],
    ['local/a/c', ['a/x', 'b/x'], 'b/x'],
    ['local/b/c', ['shared-x'], 'shared-x'],
    ['other/a/c', ['a/x'], 'a/x'],
    ['local/aa/c', ['a/x'], 'a/x'],
    ['local/a/c', ['smc/webhook'], 'smc/webhook'],
  ])('to a config %s with %j refuses %j', (id, names, name) => {
    const judge = () => authorizeNames(listed, { id }, names)
    if (name === null) expect(judge).not.toThrow()
    else expect(judge).toThrow(refused({ secret: name }))
  })
})

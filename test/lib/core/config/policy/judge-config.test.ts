import { expect, it } from 'vitest'
import { parseConfig } from '../../../../../lib/core/config/parse/parse-config.ts'
import { judgeConfig, judgeSource } from '../../../../../lib/core/config/policy/judge-config.ts'
import type { Policy } from '../../../../../lib/core/config/policy/policy.ts'
import { parseSource } from '../../../../../lib/core/source/parse-source.ts'
import { createConfigManifest, createGitRepository } from '../../../../fakes/manifests.ts'

const config = parseConfig(createConfigManifest({ prune: 'schedule' }), 'prod')
const policy: Policy = {
  tenancy: 'listed',
  tenants: [{ tenant: 'prod/apps', namePrefixes: [], sourceNamespaces: ['flux-system'] }],
}

it('says of everything that is asked for what is granted of it', () => {
  expect(judgeConfig(policy, config)).toEqual([
    {
      path: 'spec.sourceRef.namespace',
      asked: 'flux-system',
      granted: ['apps', 'flux-system'],
      permitted: true,
    },
    { path: 'spec.provider.aws.region', asked: 'eu-west-1', granted: 'any', permitted: true },
    { path: 'spec.prune', asked: 'schedule', granted: [], permitted: false },
  ])
  expect(judgeSource(policy, config, parseSource(createGitRepository()))).toMatchObject([
    { asked: 'https://git.test/o/r', granted: 'any', permitted: true },
  ])
})

it('says whether a Kustomization may be read', () => {
  const kustomization = { name: 'prod', namespace: 'other' }
  const secrets = { environment: 'prod', kustomization }
  const asking = parseConfig(createConfigManifest({ secrets }), 'prod')
  expect(judgeConfig(policy, asking)).toContainEqual({
    path: 'spec.secrets.kustomization.namespace',
    asked: 'other',
    granted: ['apps', 'flux-system'],
    permitted: false,
  })
})

it('has nothing to say of the only tenant', () => {
  expect(judgeConfig({ tenancy: 'single' }, config)).toEqual([])
  expect(judgeSource({ tenancy: 'single' }, config, parseSource(createGitRepository()))).toEqual([])
})

it('judges the regions of copies like the one of the secrets', () => {
  const provider = { aws: { region: 'eu-west-1', replicaRegions: ['eu-central-1', 'us-east-1'] } }
  const copying = parseConfig(createConfigManifest({ provider }), 'prod')
  const european: Policy = {
    tenancy: 'listed',
    tenants: [{ tenant: 'prod/apps', namePrefixes: [], regions: ['eu-*'] }],
  }
  const judged = judgeConfig(european, copying).filter(({ path }) => path.includes('aws'))
  expect(judged.map(({ path, asked, permitted }) => [path, asked, permitted])).toEqual([
    ['spec.provider.aws.region', 'eu-west-1', true],
    ['spec.provider.aws.replicaRegions', 'eu-central-1', true],
    ['spec.provider.aws.replicaRegions', 'us-east-1', false],
  ])
})

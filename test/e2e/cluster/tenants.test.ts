import { describe, expect, it } from 'vitest'
import { createKmsKeyService } from '../../../lib/adapters/keys/kms.ts'
import { createSecretsManagerStores } from '../../../lib/adapters/stores/aws-secrets-manager/stores.ts'
import type { Policy } from '../../../lib/core/config/policy/policy.ts'
import type { FileChange } from '../../servers/git-repository.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createApplication, createProject } from './scene/argo-cd.ts'
import { formatKeyArn, sealEnv, setAwsAccount } from './scene/aws-account.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig, createSecret, createSecretGrant, envFile, type Fields } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

const roleOf = (team: string) => `arn:aws:iam::210987654321:role/${team}`
const policy: Policy = {
  tenancy: 'listed',
  tenants: [
    {
      tenant: 'prod/team-a',
      namePrefixes: ['web-'],
      sourceNamespaces: ['argocd'],
      decryptionKeys: [formatKeyArn('a-dev')],
      roles: [roleOf('team-a')],
    },
    { tenant: 'prod/team-b', namePrefixes: ['b-'], decryptionKeys: [formatKeyArn('b')] },
  ],
}

describeCluster('tenants of a cluster', (cluster) => {
  const account = setAwsAccount(['a-dev', 'a-prod', 'b'])
  // The worker itself may use every key: only the policy tells tenants apart.
  const keyServices = [createKmsKeyService({ isGranted: () => true })]
  const configOf = (team: string, name: string, spec: Fields = {}) => createConfig(name, spec, team)

  describe('under a policy', () => {
    const scene = setScene(cluster, { policy, keyServices })
    const readyOf = async (team: string, name: string) => await scene.ready(configOf(team, name))
    const reasonOf = async (team: string, name: string) => (await readyOf(team, name))?.reason
    /** Flux has fetched a commit with these files from the repository of a team. */
    const push = async (team: string, files: Readonly<Record<string, FileChange>>) => {
      const commit = scene.git.createRepository(`${team}/shop.git`).commit(files)
      await scene.fetch(createRepository('shop', { url: `${scene.git.url}/${team}/shop.git` }, team), commit)
    }

    it('publish from their own namespace, under names that they are granted', async () => {
      await push('team-a', { [envFile]: 'PASSWORD=own' })
      const taken = { secrets: { environment: 'dev', prefix: 'b' } }
      await scene.apply(configOf('team-a', 'web'), configOf('team-a', 'other', taken))
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('own')
      expect(await reasonOf('team-a', 'other')).toBe('NotPermitted')
      expect(scene.service.secret('b-PASSWORD')).toBeNull()
    })

    it('get the same answer for a source of others whether it is there or not, and nothing is fetched (attacks 1, 2)', async () => {
      await push('team-b', { [envFile]: 'PASSWORD=of b' })
      const of = (name: string) => ({ sourceRef: { kind: 'GitRepository', name, namespace: 'team-b' } })
      await scene.apply(
        configOf('team-a', 'present', of('shop')),
        configOf('team-a', 'absent', of('nothing')),
      )
      await scene.service.pass()
      const [present, absent] = [await readyOf('team-a', 'present'), await readyOf('team-a', 'absent')]
      expect(present?.reason).toBe('NotPermitted')
      expect({ ...absent, lastTransitionTime: '' }).toEqual({ ...present, lastTransitionTime: '' })
      expect(scene.git.requests).toEqual([])
    })

    it('open no file that is encrypted for the key of others, whether that was used just now or not (attack 3)', async () => {
      const stolen = { [envFile]: sealEnv('b', { PASSWORD: 'of b' }) }
      await push('team-a', stolen)
      await scene.apply(configOf('team-a', 'web'))
      await scene.service.pass()
      expect(await reasonOf('team-a', 'web')).toBe('NotPermitted')
      expect((await readyOf('team-a', 'web'))?.message).toContain(formatKeyArn('b'))
      expect(account.calls).toEqual([])
      await push('team-b', stolen)
      await scene.apply(configOf('team-b', 'b'))
      await scene.service.pass()
      expect(scene.service.secret('b-PASSWORD')).toBe('of b')
      expect(account.calls).toHaveLength(1)
      await push('team-a', { ...stolen, 'README.md': 'again' })
      await scene.service.pass()
      expect(await reasonOf('team-a', 'web')).toBe('NotPermitted')
      expect(scene.service.secret('web-PASSWORD')).toBeNull()
      expect(account.calls).toHaveLength(1)
    })

    it.each([
      ['as a base', { resources: ['../prod'] }],
      ['as a file', { secretGenerator: [{ name: 'database', envs: ['../prod/database.env'] }] }],
    ])('open no file of prod that an overlay of dev takes %s (attack 4)', async (_, kustomization) => {
      const overlay = (environment: string) => ({
        [`${environment}/kustomization.yaml`]: JSON.stringify({
          secretGenerator: [{ name: 'database', envs: ['database.env'] }],
        }),
        [`${environment}/database.env`]: sealEnv(`a-${environment}`, { PASSWORD: `of ${environment}` }),
      })
      await push('team-a', { ...overlay('dev'), ...overlay('prod') })
      const secrets = { environment: 'dev', kustomizePath: 'dev', prefix: 'web' }
      await scene.apply(configOf('team-a', 'web', { secrets }))
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('of dev')
      const changed = { ...overlay('prod'), 'dev/kustomization.yaml': JSON.stringify(kustomization) }
      await push('team-a', changed)
      await scene.service.pass()
      expect(await readyOf('team-a', 'web')).toMatchObject({ status: 'False', reason: 'NotPermitted' })
      expect((await readyOf('team-a', 'web'))?.message).toContain(formatKeyArn('a-prod'))
      expect(scene.service.secret('web-PASSWORD')).toBe('of dev')
      expect(account.calls.map(({ input }) => input['KeyId'])).toEqual([formatKeyArn('a-dev')])
    })

    it('read no Secret of another namespace (attack 5)', async () => {
      await push('team-a', { [envFile]: 'PASSWORD=own' })
      const gitCredentials = { name: 'creds', namespace: 'team-b' }
      await scene.apply(
        createSecret('creds', { username: 'b', password: 'canary-of-b' }, { namespace: 'team-b' }),
        ...createSecretGrant(['creds'], 'team-b'),
        configOf('team-a', 'web', {
          sourceRef: { kind: 'GitRepository', name: 'shop', namespace: 'team-a', gitCredentials },
        }),
      )
      await scene.service.pass()
      expect(await reasonOf('team-a', 'web')).toBe('NotPermitted')
      expect(scene.git.requests).toEqual([])
    })

    it('follow no shared Application to a repository that its project rules out (attack 8)', async () => {
      const commit = scene.git.createRepository('team-b/private.git').commit({ [envFile]: 'PASSWORD=of b' })
      const source = { repoURL: `${scene.git.url}/team-b/private.git`, path: '.', targetRevision: 'main' }
      const sourceRef = { kind: 'Application', name: 'shared', namespace: 'argocd' }
      await scene.apply(createProject('team-a', { sourceRepos: [`${scene.git.url}/team-a/*`] }))
      await scene.compare(createApplication('shared', source, { project: 'team-a' }), commit)
      await scene.apply(configOf('team-a', 'web', { sourceRef }))
      await scene.service.pass()
      expect(await reasonOf('team-a', 'web')).toBe('NotPermitted')
      expect(scene.git.requests).toEqual([])
    })

    it('are looked at again when the policy changes', async () => {
      await push('team-a', { [envFile]: 'PASSWORD=own' })
      await scene.apply(configOf('team-a', 'api'))
      await scene.service.pass()
      expect(await reasonOf('team-a', 'api')).toBe('NotPermitted')
      const tenants = [{ tenant: 'prod/team-a', namePrefixes: ['api-'] }]
      await scene.service.restart({ tenancy: 'listed', tenants })
      await scene.service.pass()
      expect(scene.service.secret('api-PASSWORD')).toBe('own')
    })
  })

  describe('with roles in other accounts', () => {
    const stores = createSecretsManagerStores({ deployment: 'embedded', account: account.account })
    const scene = setScene(cluster, { policy, stores })
    const publishAs = async (team: string) => {
      const auth = { authType: 'irsa', roleArn: roleOf(team) }
      const config = configOf('team-a', 'web', { provider: { aws: { region: 'eu-west-1', auth } } })
      const commit = scene.git.createRepository('team-a/shop.git').commit({ [envFile]: 'PASSWORD=own' })
      const url = `${scene.git.url}/team-a/shop.git`
      await scene.fetch(createRepository('shop', { url }, 'team-a'), commit)
      await scene.apply(config)
      await scene.service.pass()
      return await scene.ready(config)
    }

    it('take no role that is not theirs (attack 9)', async () => {
      expect(await publishAs('team-b')).toMatchObject({ status: 'False', reason: 'NotPermitted' })
      expect(account.calls).toEqual([])
    })

    it('take their own by an external id that they cannot choose (attack 10)', async () => {
      expect(await publishAs('team-a')).toMatchObject({ status: 'True' })
      expect(account.calls.map(({ input }) => input)).toMatchObject([
        { RoleArn: roleOf('team-a'), ExternalId: 'smc:embedded:prod:team-a' },
      ])
      const auth = { authType: 'irsa', roleArn: roleOf('team-a'), externalId: 'smc:embedded:prod:team-b' }
      const chosen = configOf('team-a', 'chosen', { provider: { aws: { region: 'eu-west-1', auth } } })
      const create = async (fieldValidation: string) => {
        const path = '/apis/secret-management.octopilot.io/v1beta1/namespaces/team-a/secretmanagerconfigs'
        const query = `?dryRun=All&fieldValidation=${fieldValidation}`
        return (await cluster.plane.admin.request('POST', path + query, { body: chosen })).body
      }
      expect(await create('Strict')).toMatchObject({
        message: expect.stringContaining('unknown field "spec.provider.aws.auth.externalId"'),
      })
      const { externalId, ...kept } = auth
      expect(await create('Ignore')).toHaveProperty('spec.provider.aws.auth', kept)
    })
  })
})

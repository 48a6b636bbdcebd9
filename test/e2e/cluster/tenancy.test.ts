import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Policy } from '../../../lib/core/config/policy.ts'
import { sealedEnv } from '../../fakes/raw-shop.ts'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import type { KubeObject } from './control-plane/admin.ts'
import { installKinds, installRoles } from './control-plane/kinds.ts'
import { type ClusterService, startClusterService } from './control-plane/service.ts'
import { assets, type ControlPlane, missingAssets, startControlPlane } from './control-plane/start.ts'
import {
  createApplication,
  createArtifactStatus,
  createConfig,
  createProject,
  createRepository,
  createSecret,
  createSecretRole,
  envFile,
} from './objects.ts'

const policy: Policy = {
  tenancy: 'listed',
  tenants: [
    { tenant: 'prod/team-a', namePrefixes: ['web-'], sourceNamespaces: ['argocd'] },
    { tenant: 'prod/team-b', namePrefixes: ['b-'] },
  ],
}
const roleOfB = 'arn:aws:iam::210987654321:role/team-b'
let plane: ControlPlane
let git: GitHttpServer
let service: ClusterService
const made: KubeObject[] = []

const apply = async (...objects: KubeObject[]) => {
  made.push(...objects)
  await plane.admin.apply(...objects)
}
const reasonOf = async (name: string, namespace = 'team-a') =>
  (await service.head(namespace, name))?.status.conditions[0]?.reason
const messageOf = async (name: string) => (await service.head('team-a', name))?.status.conditions[0]?.message
/** A config of team A whose fields of `spec` are these. */
const configOfA = (name: string, spec: Readonly<Record<string, unknown>> = {}) =>
  createConfig(name, { namespace: 'team-a', spec })

/** A repository with `text`, and the GitRepository of a team that follows it. */
async function follow(
  namespace: string,
  text: string,
  spec: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const commit = git.createRepository(`${namespace}/shop.git`).commit({ [envFile]: text })
  const object = createRepository('shop', {
    namespace,
    spec: { url: `${git.url}/${namespace}/shop.git`, ...spec },
  })
  await apply(object)
  await plane.admin.applyStatus(object, createArtifactStatus(commit, service.now()))
}

describe.skipIf(assets === '')(`tenants of a cluster${assets === '' ? ` (${missingAssets})` : ''}`, () => {
  beforeAll(async () => {
    plane = await startControlPlane()
    await installKinds(plane.admin)
    await installRoles(plane.admin)
  }, 180_000)
  afterAll(async () => {
    await plane?.stop()
  })
  beforeEach(async () => {
    git = await startGitHttpServer()
    service = await startClusterService(plane, { policy })
  })
  afterEach(async () => {
    await service.stop()
    await git.close()
    for (const object of made.splice(0)) await plane.admin.remove(object)
  })

  it('publish from their own namespace, under names that they are granted', async () => {
    await follow('team-a', 'PASSWORD=own')
    await apply(configOfA('web'), configOfA('other', { secrets: { environment: 'dev', prefix: 'b' } }))
    await service.pass()
    expect(service.secret('web-PASSWORD')).toBe('own')
    expect(await reasonOf('other')).toBe('NotPermitted')
    expect(service.secret('b-PASSWORD')).toBeNull()
  })

  it('get the same answer for a source of others whether it is there or not, and no request is made', async () => {
    await follow('team-b', 'PASSWORD=of b')
    const of = (name: string) => ({ sourceRef: { kind: 'GitRepository', name, namespace: 'team-b' } })
    await apply(configOfA('present', of('shop')), configOfA('absent', of('nothing')))
    await service.pass()
    expect(await reasonOf('present')).toBe('NotPermitted')
    expect(await messageOf('present')).toBe(await messageOf('absent'))
    expect(git.requests).toEqual([])
  })

  it('read no Secret of another namespace', async () => {
    await follow('team-a', 'PASSWORD=own')
    await apply(createSecret('creds', { username: 'b', password: 'canary-of-b' }, { namespace: 'team-b' }))
    await apply(...createSecretRole('team-b', ['creds']))
    const sourceRef = { kind: 'GitRepository', name: 'shop', namespace: 'team-a' }
    await apply(
      configOfA('web', {
        sourceRef: { ...sourceRef, gitCredentials: { name: 'creds', namespace: 'team-b' } },
      }),
    )
    await service.pass()
    expect(await reasonOf('web')).toBe('NotPermitted')
    expect(git.requests).toEqual([])
  })

  it('open no file that is encrypted for the key of others', async () => {
    await follow('team-a', sealedEnv)
    await apply(configOfA('web'))
    await service.pass()
    expect(await reasonOf('web')).toBe('NotPermitted')
    expect(await messageOf('web')).toContain('age14q4cj3dw9p95gvxy0mngglc65hud0fxsw293c84smxvleft8u9nsxftsjh')
  })

  it('follow no shared Application to a repository that its project rules out, nor with credentials of another project', async () => {
    const commit = git.createRepository('team-b/private.git').commit({ [envFile]: 'PASSWORD=of b' })
    const source = { repoURL: `${git.url}/team-b/private.git`, path: '.', targetRevision: 'main' }
    const sourceRef = { kind: 'Application', name: 'shared', namespace: 'argocd' }
    await apply(createProject('team-a', { sourceRepos: [`${git.url}/team-a/*`] }))
    await apply(createApplication('shared', source, { commit, now: service.now(), project: 'team-a' }))
    await apply(configOfA('web', { sourceRef }))
    await service.pass()
    expect(await reasonOf('web')).toBe('NotPermitted')
    expect(git.requests).toEqual([])
  })

  it('take no role that is not theirs, and choose no external id', async () => {
    await follow('team-a', 'PASSWORD=own')
    const aws = { region: 'eu-west-1', auth: { authType: 'irsa', roleArn: roleOfB } }
    await apply(configOfA('web', { provider: { aws } }))
    await service.pass()
    expect(await reasonOf('web')).toBe('NotPermitted')
    expect(service.secret('web-PASSWORD')).toBeNull()
    const auth = { authType: 'irsa', roleArn: roleOfB, externalId: 'smc:prod:prod:team-b' }
    const { body } = await plane.admin.request(
      'POST',
      '/apis/secret-management.octopilot.io/v1beta1/namespaces/team-a/secretmanagerconfigs?fieldValidation=Strict',
      { body: configOfA('chosen', { provider: { aws: { ...aws, auth } } }) },
    )
    expect((body as { message: string }).message).toContain(
      'unknown field "spec.provider.aws.auth.externalId"',
    )
  })

  it('are looked at again when the policy changes', async () => {
    await follow('team-a', 'PASSWORD=own')
    await apply(configOfA('api', { secrets: { environment: 'dev', prefix: 'api' } }))
    await service.pass()
    expect(await reasonOf('api')).toBe('NotPermitted')
    const tenants = [{ tenant: 'prod/team-a', namePrefixes: ['api-'] }]
    await service.restart({ tenancy: 'listed', tenants })
    await service.pass()
    expect(service.secret('api-PASSWORD')).toBe('own')
  })
})

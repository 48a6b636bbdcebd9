import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { createClusterSource } from '../../../lib/adapters/config/cluster.ts'
import type { KubeClient } from '../../../lib/adapters/kube/kube-client.ts'
import { SyncError } from '../../../lib/core/errors.ts'
import type { ConfigSource } from '../../../lib/ports.ts'
import { readyStatus } from '../../contracts/config-source.ts'
import { type KubeObject, readObjects } from './control-plane/admin.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { kubernetesFolder } from './control-plane/kinds.ts'
import type { Part } from './control-plane/start.ts'
import { createApplication, createProject } from './scene/argo-cd.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig, createSecretGrant } from './scene/objects.ts'
import { openClient } from './scene/run-service.ts'

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}
type Role = KubeObject & { readonly rules: readonly Rule[] }
type Use = (source: ConfigSource, client: KubeClient) => Promise<unknown>
type Need = readonly [role: RoleName, verb: string, resource: string, use: Use]

const secrets = { group: '', version: 'v1', plural: 'secrets' }
const gitRepositories = { group: 'source.toolkit.fluxcd.io', version: 'v1', plural: 'gitrepositories' }
const repository = { kind: 'GitRepository', namespace: 'apps', name: 'shop' } as const
const application = { kind: 'Application', namespace: 'argocd', name: 'shop' } as const
const kustomization = { namespace: 'apps', name: 'shop' } as const
const variables = { kind: 'ConfigMap', namespace: 'apps', name: 'variables' } as const
const config = { namespace: 'apps', name: 'web' } as const

const configNames = 'secretmanagerconfigs.secret-management.octopilot.io'
const statusNames = 'secretmanagerconfigs/status.secret-management.octopilot.io'
const repositoryNames = 'gitrepositories.source.toolkit.fluxcd.io'
const kustomizationNames = 'kustomizations.kustomize.toolkit.fluxcd.io'
const selector = { labelSelector: 'argocd.argoproj.io/secret-type in (repository,repo-creds)' }

/** Everything that each role is for, with the verb that it takes. The last two are given only where they are wanted. */
const needs: readonly Need[] = [
  ['reconcile', 'list', configNames, (source) => source.listConfigs()],
  ['reconcile', 'list', repositoryNames, (source) => source.listSources('GitRepository')],
  ['reconcile', 'list', 'applications.argoproj.io', (source) => source.listSources('Application')],
  ['reconcile', 'get', kustomizationNames, (source) => source.readKustomization(kustomization)],
  ['reconcile', 'get', 'appprojects.argoproj.io', (source) => source.readProject('default')],
  ['worker', 'get', configNames, (source) => source.readConfig('apps', 'web')],
  ['worker', 'patch', statusNames, (source) => source.writeStatus(config, readyStatus)],
  ['worker', 'get', repositoryNames, (source) => source.readSource(repository)],
  ['worker', 'get', 'applications.argoproj.io', (source) => source.readSource(application)],
  ['worker', 'get', kustomizationNames, (source) => source.readKustomization(kustomization)],
  ['worker', 'get', 'configmaps', (source) => source.readVariables(variables)],
  ['worker', 'get', 'appprojects.argoproj.io', (source) => source.readProject('default')],
  [
    'credentials',
    'get',
    'secrets',
    (_, client) => client.get({ ...secrets, namespace: 'apps' }, 'git-credentials'),
  ],
  [
    'argocd-credentials',
    'list',
    'secrets',
    (_, client) => client.list({ ...secrets, namespace: 'argocd' }, selector),
  ],
]

/** Each role with its binding, and the part of the service that is bound. */
const roles = {
  reconcile: { part: 'reconcile', objects: readObjects(join(kubernetesFolder, 'reconcile.yaml')) },
  worker: { part: 'worker', objects: readObjects(join(kubernetesFolder, 'worker.yaml')) },
  credentials: { part: 'worker', objects: createSecretGrant(['git-credentials']) },
  'argocd-credentials': {
    part: 'worker',
    objects: readObjects(join(kubernetesFolder, 'argocd-credentials/secrets.yaml')),
  },
} as const satisfies Record<string, { readonly part: Part; readonly objects: readonly KubeObject[] }>
type RoleName = keyof typeof roles
const roleNames = Object.keys(roles) as RoleName[]

const roleOf = (name: RoleName) => roles[name].objects.find(({ kind }) => kind.endsWith('Role')) as Role

/** Each verb on each resource that a role grants, one by one. */
function listGrants(name: RoleName): string[] {
  return roleOf(name).rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) =>
        verbs.map((verb) => `${verb} ${resource}${apiGroup === '' ? '' : `.${apiGroup}`}`),
      ),
    ),
  )
}

/** The role with everything but one verb on one resource. */
function without(name: RoleName, verb: string, resource: string): KubeObject {
  const kept = listGrants(name).filter((grant) => grant !== `${verb} ${resource}`)
  const rules = kept.map((grant) => {
    const [, keptVerb = '', plural = '', apiGroup = ''] = /^(\w+) ([\w/]+)(?:\.(.*))?$/.exec(grant) ?? []
    return { apiGroups: [apiGroup], resources: [plural], verbs: [keptVerb] }
  })
  return { ...roleOf(name), rules }
}

/** The refusal, once the API server has taken note of the role; `null` where there is none. */
async function settle(
  use: () => Promise<unknown>,
  isDone: (error: SyncError | null) => boolean,
): Promise<SyncError | null> {
  for (let attempt = 0; ; attempt++) {
    const error = await use().then(
      () => null,
      (thrown: unknown) => thrown as SyncError,
    )
    if (isDone(error) || attempt > 50) return error
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describeCluster('the role', (cluster) => {
  beforeAll(async () => {
    await cluster.plane.admin.apply(
      createConfig('web'),
      createRepository('shop', { url: 'https://git.test/o/r' }),
      createApplication('shop', { repoURL: 'https://git.test/o/r', path: '.' }),
      createProject('default'),
    )
  })
  afterEach(async () => {
    for (const name of roleNames) {
      const { admin } = cluster.plane
      if (roles[name].part === name) await admin.apply(...roles[name].objects)
      else for (const object of roles[name].objects) await admin.remove(object)
    }
  })
  const open = (part: Part) => createClusterSource({ name: 'prod', client: openClient(cluster.plane, part) })

  it.each(needs)('of the %s lets %s %s, and nothing else stands in for that', async (...need) => {
    const [name, verb, resource, use] = need
    const { part, objects } = roles[name]
    const client = openClient(cluster.plane, part)
    const run = () => use(open(part), client)
    await cluster.plane.admin.apply(...objects)
    expect(await settle(run, (error) => error === null)).toBeNull()
    await cluster.plane.admin.apply(without(name, verb, resource))
    expect(await settle(run, (error) => error !== null)).toMatchObject({
      code: 'ClusterForbidden',
      data: { cluster: 'prod', verb, resource },
    })
  })

  it.each(roleNames)('of the %s grants nothing that is not needed', (name) => {
    const needed = needs.filter(([role]) => role === name).map(([, verb, resource]) => `${verb} ${resource}`)
    expect(listGrants(name).toSorted()).toEqual(needed.toSorted())
  })

  it.each(['reconcile', 'worker'] as const)(
    'of the %s shows no Secret and lets no source be changed',
    async (part) => {
      const client = openClient(cluster.plane, part)
      const ofArgo = { ...secrets, namespace: 'argocd' }
      const change = { kind: 'GitRepository', name: 'shop', status: {} }
      const attempts: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['get', () => client.get(ofArgo, 'any')],
        ['list', () => client.list(ofArgo)],
        ['patch', () => client.applyStatus({ ...gitRepositories, namespace: 'apps' }, change)],
      ]
      for (const [verb, attempt] of attempts) {
        await expect(attempt()).rejects.toMatchObject({ code: 'ClusterForbidden', data: { verb } })
      }
    },
  )

  it('of the credentials shows the Secrets that it names, and no others', async () => {
    const client = openClient(cluster.plane, 'worker')
    await cluster.plane.admin.apply(...roles.credentials.objects)
    const read = async (namespace: string, name: string) => await client.get({ ...secrets, namespace }, name)
    expect(
      await settle(
        () => read('apps', 'git-credentials'),
        (error) => error === null,
      ),
    ).toBeNull()
    await expect(read('apps', 'other')).rejects.toMatchObject({ code: 'ClusterForbidden' })
    await expect(read('other', 'git-credentials')).rejects.toMatchObject({ code: 'ClusterForbidden' })
    await expect(client.list({ ...secrets, namespace: 'apps' })).rejects.toMatchObject({
      code: 'ClusterForbidden',
    })
  })

  it('lets the scheduled pass read no config, and the worker list none', async () => {
    await expect(open('reconcile').readConfig('apps', 'web')).rejects.toBeInstanceOf(SyncError)
    await expect(open('worker').listConfigs()).rejects.toBeInstanceOf(SyncError)
  })
})

import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClusterSource } from '../../../lib/adapters/config/cluster.ts'
import { createKubeClients } from '../../../lib/adapters/kube/clusters.ts'
import type { KubeClient } from '../../../lib/adapters/kube/kube-client.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { SyncError } from '../../../lib/core/errors.ts'
import type { ConfigSource } from '../../../lib/ports.ts'
import { readyStatus } from '../../contracts/config-source.ts'
import { type KubeObject, readObjects } from './control-plane/admin.ts'
import { installKinds, installRoles, kubernetesFolder } from './control-plane/kinds.ts'
import { assets, type ControlPlane, missingAssets, startControlPlane } from './control-plane/start.ts'
import { createApplication, createConfig, createProject, createRepository } from './objects.ts'

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}
type Group = 'reconcile' | 'worker'
type Need = readonly [
  group: Group,
  verb: string,
  resource: string,
  use: (source: ConfigSource) => Promise<unknown>,
]

const repository = { kind: 'GitRepository', namespace: 'apps', name: 'shop' } as const
const application = { kind: 'Application', namespace: 'argocd', name: 'shop' } as const
const kustomization = { namespace: 'apps', name: 'shop' } as const
const variables = { kind: 'ConfigMap', namespace: 'apps', name: 'variables' } as const
const configs = 'secretmanagerconfigs.secret-management.octopilot.io'
const statuses = 'secretmanagerconfigs/status.secret-management.octopilot.io'
const repositories = 'gitrepositories.source.toolkit.fluxcd.io'
const kustomizations = 'kustomizations.kustomize.toolkit.fluxcd.io'

/** Everything that each part of the service asks of a cluster, with the verb that it takes. */
const needs: readonly Need[] = [
  ['reconcile', 'list', configs, (source) => source.listConfigs()],
  ['reconcile', 'list', repositories, (source) => source.listSources('GitRepository')],
  ['reconcile', 'list', 'applications.argoproj.io', (source) => source.listSources('Application')],
  ['reconcile', 'get', kustomizations, (source) => source.readKustomization(kustomization)],
  ['reconcile', 'get', 'appprojects.argoproj.io', (source) => source.readProject('default')],
  ['worker', 'get', configs, (source) => source.readConfig('apps', 'web')],
  [
    'worker',
    'patch',
    statuses,
    (source) => source.writeStatus({ namespace: 'apps', name: 'web' }, readyStatus),
  ],
  ['worker', 'get', repositories, (source) => source.readSource(repository)],
  ['worker', 'get', 'applications.argoproj.io', (source) => source.readSource(application)],
  ['worker', 'get', kustomizations, (source) => source.readKustomization(kustomization)],
  ['worker', 'get', 'configmaps', (source) => source.readVariables(variables)],
  ['worker', 'get', 'appprojects.argoproj.io', (source) => source.readProject('default')],
]

const roleOf = (group: Group) =>
  readObjects(join(kubernetesFolder, `${group}.yaml`)).find(
    ({ kind }) => kind === 'ClusterRole',
  ) as KubeObject & {
    readonly rules: readonly Rule[]
  }

/** Each verb on each resource that a role grants, one by one. */
function listGrants(group: Group): string[] {
  return roleOf(group).rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) =>
        verbs.map((verb) => `${verb} ${resource}${apiGroup === '' ? '' : `.${apiGroup}`}`),
      ),
    ),
  )
}

/** The role with everything but one verb on one resource. */
function without(group: Group, verb: string, resource: string): KubeObject {
  const kept = listGrants(group).filter((grant) => grant !== `${verb} ${resource}`)
  const rules = kept.map((grant) => {
    const [, keptVerb = '', name = '', apiGroup = ''] = /^(\w+) ([\w/]+)(?:\.(.*))?$/.exec(grant) ?? []
    return { apiGroups: [apiGroup], resources: [name], verbs: [keptVerb] }
  })
  return { ...roleOf(group), rules }
}

let plane: ControlPlane
const clientOf = (group: Group): KubeClient =>
  createKubeClients({
    readKubeconfig: async () => plane.kubeconfig(plane.tokens[group]),
    awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
    clock: systemClock,
  })({ name: 'prod', kubeconfig: 'prod' })
const open = (group: Group) => createClusterSource({ name: 'prod', client: clientOf(group) })

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

describe.skipIf(assets === '')(
  `the roles of the service${assets === '' ? ` (${missingAssets})` : ''}`,
  () => {
    beforeAll(async () => {
      plane = await startControlPlane()
      await installKinds(plane.admin)
      await installRoles(plane.admin)
      await plane.admin.apply(
        createConfig('web'),
        createRepository('shop', { spec: { url: 'https://git.test/o/r' } }),
        createApplication('shop', { repoURL: 'https://git.test/o/r', path: '.' }),
        createProject('default'),
      )
    }, 180_000)
    afterAll(async () => {
      await plane?.stop()
    })
    afterEach(async () => {
      for (const group of ['reconcile', 'worker'] as const) await plane.admin.apply(roleOf(group))
    })

    it.each(needs)(
      'let the %s %s %s, and without that verb nothing else stands in for it',
      async (...need) => {
        const [group, verb, resource, use] = need
        const source = open(group)
        expect(
          await settle(
            () => use(source),
            (error) => error === null,
          ),
        ).toBeNull()
        await plane.admin.apply(without(group, verb, resource))
        const error = await settle(
          () => use(source),
          (thrown) => thrown !== null,
        )
        expect(error).toMatchObject({ code: 'ClusterForbidden', data: { cluster: 'prod', verb, resource } })
      },
    )

    it.each(['reconcile', 'worker'] as const)('grant the %s nothing that it does not need', (group) => {
      const needed = needs.filter(([who]) => who === group).map(([, verb, resource]) => `${verb} ${resource}`)
      expect(listGrants(group).toSorted()).toEqual(needed.toSorted())
    })

    it.each(['reconcile', 'worker'] as const)(
      'let the %s see no Secret and change no source',
      async (group) => {
        const client = clientOf(group)
        const secrets = { group: '', version: 'v1', plural: 'secrets', namespace: 'argocd' }
        const attempts: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['get', () => client.get(secrets, 'any')],
          ['list', () => client.list(secrets)],
          [
            'patch',
            () =>
              client.applyStatus(
                {
                  group: 'source.toolkit.fluxcd.io',
                  version: 'v1',
                  plural: 'gitrepositories',
                  namespace: 'apps',
                },
                { kind: 'GitRepository', name: 'shop', status: {} },
              ),
          ],
        ]
        for (const [verb, attempt] of attempts) {
          await expect(attempt()).rejects.toMatchObject({ code: 'ClusterForbidden', data: { verb } })
        }
      },
    )

    it('let the scheduled pass read no config, and the worker list none', async () => {
      await expect(open('reconcile').readConfig('apps', 'web')).rejects.toBeInstanceOf(SyncError)
      await expect(open('worker').listConfigs()).rejects.toBeInstanceOf(SyncError)
    })
  },
)

import { afterEach, beforeEach } from 'vitest'
import type { ResourceStatus } from '../../../../lib/core/status/resource-status.ts'
import type { Condition } from '../../../../lib/core/status/status.ts'
import { type GitHttpServer, startGitHttpServer } from '../../../servers/git-http-server.ts'
import type { GitRepository } from '../../../servers/git-repository.ts'
import { type KubeObject, readObjects } from '../control-plane/admin.ts'
import type { Cluster } from '../control-plane/describe-cluster.ts'
import { createComparison } from './argo-cd.ts'
import { createArtifactStatus } from './flux.ts'
import { envFile, type Fields } from './objects.ts'
import type { ServiceOptions } from './run-service.ts'
import { type ClusterService, startClusterService } from './service.ts'

export interface SceneOptions extends ServiceOptions {
  /** What the Git server wants to be shown. */
  readonly login?: { readonly username: string; readonly password: string }
}

/** A team with a cluster and a Git server, and the service that follows the one to the other; new for each test. */
export interface Scene {
  readonly git: GitHttpServer
  /** `org/shop.git` of the Git server. */
  readonly repository: GitRepository
  readonly service: ClusterService
  /** Commits the file of a service in raw mode. @returns the commit */
  push(text: string, branch?: string): string
  /** Creates or changes objects, which go when the test ends. */
  apply(...objects: readonly KubeObject[]): Promise<void>
  applyFile(path: string): Promise<void>
  remove(object: KubeObject): Promise<void>
  /** Applies a GitRepository and does as Flux does when it has stored a commit of it; `changes` are other words of it. */
  fetch(source: KubeObject, commit: string, changes?: Fields): Promise<void>
  /** Applies an Application and does as Argo CD does when it has compared the cluster with a commit. */
  compare(application: KubeObject, commit: string): Promise<void>
  read(object: KubeObject): Promise<KubeObject | null>
  /** What the resource of a config shows. */
  status(config: KubeObject): Promise<ResourceStatus | undefined>
  /** The condition `Ready` of it. */
  ready(config: KubeObject): Promise<Condition | undefined>
}

/** Sets the scene before each test of a suite and clears it afterwards. */
export function setScene(cluster: Cluster, { login, ...options }: SceneOptions = {}): Scene {
  let git: GitHttpServer
  let repository: GitRepository
  let service: ClusterService
  const made: KubeObject[] = []
  beforeEach(async () => {
    git = await startGitHttpServer(login ? { credentials: login } : {})
    repository = git.createRepository('org/shop.git')
    service = await startClusterService(cluster.plane, options)
  })
  afterEach(async () => {
    for (const object of made.splice(0)) await cluster.plane.admin.remove(object)
    await service?.stop()
    await git?.close()
  })
  const apply = async (...objects: readonly KubeObject[]) => {
    made.push(...objects)
    await cluster.plane.admin.apply(...objects)
  }
  const read = async (object: KubeObject) => await cluster.plane.admin.read(object)
  const status = async (config: KubeObject) => (await read(config))?.['status'] as ResourceStatus | undefined
  return {
    get git() {
      return git
    },
    get repository() {
      return repository
    },
    get service() {
      return service
    },
    push: (text, branch = 'main') => repository.commit({ [envFile]: text }, { ref: `refs/heads/${branch}` }),
    apply,
    applyFile: async (path) => await apply(...readObjects(path)),
    remove: async (object) => await cluster.plane.admin.remove(object),
    fetch: async (source, commit, changes = {}) => {
      await apply(source)
      const stored = createArtifactStatus((await read(source)) ?? source, commit, service.now())
      await cluster.plane.admin.applyStatus(source, { ...stored, ...changes })
    },
    compare: async (application, commit) => {
      await apply({ ...application, status: createComparison(application, commit, service.now()) })
    },
    read,
    status,
    ready: async (config) => (await status(config))?.conditions.find(({ type }) => type === 'Ready'),
  }
}

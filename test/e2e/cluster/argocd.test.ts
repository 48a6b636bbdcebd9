import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import type { GitRepository } from '../../servers/git-repository.ts'
import { installKinds, installRoles, kubernetesFolder } from './control-plane/kinds.ts'
import { type ClusterService, startClusterService } from './control-plane/service.ts'
import { assets, type ControlPlane, missingAssets, startControlPlane } from './control-plane/start.ts'
import { createApplication, createConfig, createProject, createSecret, envFile } from './objects.ts'

let plane: ControlPlane
let git: GitHttpServer
let repository: GitRepository
let service: ClusterService

const config = createConfig('web', {
  spec: { sourceRef: { kind: 'Application', name: 'shop', namespace: 'argocd' } },
})
const push = (text: string, ref = 'refs/heads/main') => repository.commit({ [envFile]: text }, { ref })
const sourceAt = (targetRevision: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  repoURL: `${git.url}/org/shop.git`,
  path: '.',
  targetRevision,
  ...changes,
})
const compared = (commit: string, source: Readonly<Record<string, unknown>>, changes = {}) =>
  createApplication('shop', source, { commit, now: service.now(), ...changes })
const ready = async () => {
  const status = (await plane.admin.read(config))?.['status'] as
    | { conditions: Record<string, string>[] }
    | undefined
  return status?.conditions.find(({ type }) => type === 'Ready')
}

describe.skipIf(assets === '')(
  `an Application of a cluster${assets === '' ? ` (${missingAssets})` : ''}`,
  () => {
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
      repository = git.createRepository('org/shop.git')
      service = await startClusterService(plane)
      await plane.admin.apply(createProject('default'))
    })
    afterEach(async () => {
      await service.stop()
      await git.close()
      for (const object of [config, createApplication('shop', {})]) await plane.admin.remove(object)
    })

    it('is followed by a branch, from push to push', async () => {
      await plane.admin.apply(compared(push('PASSWORD=one'), sourceAt('main')), config)
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('one')
      await plane.admin.apply(compared(push('PASSWORD=two'), sourceAt('main')))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('two')
      expect(await ready()).toMatchObject({ status: 'True', reason: 'ReconciliationSucceeded' })
    })

    it.each([
      ['a tag', () => 'v1.0.0', 'tagged'],
      ['a version range', () => '1.*', 'newest tag'],
      ['the default branch', () => 'HEAD', 'tip'],
      ['a whole commit', () => repository.git('rev-parse', 'v1.0.0^{commit}'), 'tagged'],
      [
        'an abbreviated commit',
        () => repository.git('rev-parse', '--short=8', 'v1.1.0^{commit}'),
        'newest tag',
      ],
    ])('is followed by %s', async (_, target, value) => {
      push('PASSWORD=tagged')
      repository.git('tag', 'v1.0.0', 'main')
      push('PASSWORD=newest tag')
      repository.git('-c', 'user.name=t', '-c', 'user.email=t@t', 'tag', '-a', '-m', 'x', 'v1.1.0', 'main')
      const tip = push('PASSWORD=tip')
      await plane.admin.apply(compared(tip, sourceAt(target())), config)
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe(value)
    })

    it('is followed by the tags with a prefix, and by its dry source', async () => {
      push('PASSWORD=web')
      repository.git('tag', 'web/1.0.0', 'main')
      const tip = push('PASSWORD=api')
      repository.git('tag', 'api/1.5.0', 'main')
      await plane.admin.apply(compared(tip, sourceAt('1.*', { tagPrefix: 'web/' })), config)
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('web')
      const hydrated = createApplication('shop', sourceAt('rendered'))
      await plane.admin.apply({
        ...hydrated,
        spec: {
          ...(hydrated['spec'] as object),
          sourceHydrator: {
            drySource: sourceAt('main'),
            syncSource: { targetBranch: 'rendered', path: '.' },
          },
        },
        status: { sourceHydrator: { lastSuccessfulOperation: { drySHA: tip } } },
      })
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('api')
    })

    it('is said to be missing, and not to be ready until Argo CD has compared it', async () => {
      await plane.admin.apply(config)
      await service.pass()
      expect((await ready())?.['message']).toContain('Application "shop" not found')
      expect((await ready())?.['message']).toContain('Argo CD runs')
      const commit = push('PASSWORD=one')
      await plane.admin.apply(createApplication('shop', sourceAt('main')))
      for (let pass = 0; pass < 3; pass++) await service.pass()
      expect(await ready()).toMatchObject({ reason: 'SourceNotReady' })
      await plane.admin.apply(compared(commit, sourceAt('main')))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('one')
    })

    it('is refused where its project does not let it follow the repository', async () => {
      await plane.admin.apply(createProject('default', { sourceRepos: ['https://elsewhere.test/*'] }))
      await plane.admin.apply(compared(push('PASSWORD=one'), sourceAt('main')), config)
      await service.pass()
      expect(await ready()).toMatchObject({ reason: 'NotPermitted' })
      expect(git.requests).toEqual([])
    })

    it('is refused in a namespace that its project does not list', async () => {
      const elsewhere = createConfig('far', {
        spec: { sourceRef: { kind: 'Application', name: 'shop', namespace: 'other' } },
      })
      const application = compared(push('PASSWORD=one'), sourceAt('main'), { namespace: 'other' })
      await plane.admin.apply(application, elsewhere)
      await service.pass()
      expect((await service.head('apps', 'far'))?.status.conditions[0]?.reason).toBe('NotPermitted')
      expect(git.requests).toEqual([])
      await plane.admin.apply(createProject('default', { sourceRepos: ['*'], sourceNamespaces: ['oth*'] }))
      await service.pass()
      expect(service.secret('far-PASSWORD')).toBe('one')
      for (const object of [application, elsewhere]) await plane.admin.remove(object)
    })

    it('is logged in to with the credentials of Argo CD for its URL, once they may be listed', async () => {
      await git.close()
      git = await startGitHttpServer({ credentials: { username: 'reader', password: 'canary-token' } })
      repository = git.createRepository('org/shop.git')
      const labels = { 'argocd.argoproj.io/secret-type': 'repo-creds' }
      const values = { url: `${git.url}/org`, username: 'reader', password: 'canary-token' }
      await plane.admin.apply(createSecret('org', values, { namespace: 'argocd', labels }))
      await plane.admin.apply(compared(push('PASSWORD=private'), sourceAt('main')), config)
      await service.pass()
      expect(await ready()).toMatchObject({ reason: 'GitAuthFailed' })
      await plane.admin.applyFile(join(kubernetesFolder, 'argocd-credentials/secrets.yaml'))
      for (let pass = 0; pass < 3; pass++) await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('private')
      expect(JSON.stringify([await plane.admin.read(config), service.lines])).not.toContain('canary-token')
    })

    it('does not send the credentials for one organisation to another whose name begins like it', async () => {
      await git.close()
      git = await startGitHttpServer({ credentials: { username: 'reader', password: 'canary-token' } })
      repository = git.createRepository('org-evil/shop.git')
      await plane.admin.applyFile(join(kubernetesFolder, 'argocd-credentials/secrets.yaml'))
      const labels = { 'argocd.argoproj.io/secret-type': 'repo-creds' }
      const values = { url: `${git.url}/org`, username: 'reader', password: 'canary-token' }
      await plane.admin.apply(createSecret('org', values, { namespace: 'argocd', labels }))
      const source = sourceAt('main', { repoURL: `${git.url}/org-evil/shop.git` })
      await plane.admin.apply(compared(push('PASSWORD=x'), source), config)
      await service.pass()
      expect(await ready()).toMatchObject({ reason: 'GitAuthFailed' })
      expect(git.requests.length).toBeGreaterThan(0)
      expect(git.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
    })
  },
)

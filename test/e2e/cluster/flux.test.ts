import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import type { GitRepository } from '../../servers/git-repository.ts'
import { findSshdObstacle, startSshd } from '../../servers/sshd.ts'
import { installKinds, installRoles } from './control-plane/kinds.ts'
import { type ClusterService, startClusterService } from './control-plane/service.ts'
import { assets, type ControlPlane, missingAssets, startControlPlane } from './control-plane/start.ts'
import {
  createArtifactStatus,
  createConfig,
  createRepository,
  createSecret,
  createSecretRole,
  envFile,
} from './objects.ts'

let plane: ControlPlane
let git: GitHttpServer
let repository: GitRepository
let service: ClusterService

const config = createConfig('web')
const source = () => createRepository('shop', { spec: { url: `${git.url}/org/shop.git` } })
const artifact = (commit: string, changes: Readonly<Record<string, unknown>> = {}) =>
  createArtifactStatus(commit, service.now(), changes)
const push = (text: string) => repository.commit({ [envFile]: text })
const status = async () => (await plane.admin.read(config))?.['status'] as Record<string, unknown>
const ready = async () => {
  const conditions = (await status())?.['conditions'] as {
    type: string
    status: string
    reason: string
    message: string
  }[]
  return conditions?.find(({ type }) => type === 'Ready')
}

describe.skipIf(assets === '')(
  `a GitRepository of a cluster${assets === '' ? ` (${missingAssets})` : ''}`,
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
    })
    afterEach(async () => {
      await service.stop()
      await git.close()
      for (const object of [config, createRepository('shop')]) await plane.admin.remove(object)
    })

    const publish = async (commit: string) => {
      await plane.admin.apply(source())
      await plane.admin.applyStatus(source(), artifact(commit))
      await plane.admin.apply(config)
    }

    it('leads from a push to a secret and back to the resource', async () => {
      await publish(push('PASSWORD=one'))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('one')
      const second = push('PASSWORD=two')
      await plane.admin.applyStatus(source(), artifact(second))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('two')
      expect(await status()).toMatchObject({
        phase: 'Ready',
        description: 'Successfully synced 1 secrets',
        secretsSynced: 1,
        observedGeneration: 1,
        lastAppliedRevision: `main@sha1:${second}`,
        decryptionStatus: 'Success',
        lastReconcileTime: expect.any(String),
        nextReconcileTime: expect.any(String),
      })
      expect(await ready()).toMatchObject({ status: 'True', reason: 'ReconciliationSucceeded' })
    })

    it('is written about only when something has changed, and a condition keeps the time of its change', async () => {
      await publish(push('PASSWORD=one'))
      await service.pass()
      const before = await plane.admin.read(config)
      await service.pass()
      await service.pass()
      expect((await plane.admin.read(config))?.metadata['resourceVersion']).toBe(
        before?.metadata['resourceVersion'],
      )
      const second = push('OTHER=1\nPASSWORD=one')
      await plane.admin.applyStatus(source(), artifact(second))
      await service.pass()
      const after = await plane.admin.read(config)
      expect(after?.metadata['resourceVersion']).not.toBe(before?.metadata['resourceVersion'])
      const times = [before, after].map((object) => {
        const shown = object?.['status'] as { conditions: { lastTransitionTime: string }[] }
        return shown.conditions[0]?.lastTransitionTime
      })
      expect(times[1]).toBe(times[0])
    })

    it('is said to be missing, then to have no artifact, and is followed as soon as it has one', async () => {
      await plane.admin.apply(config)
      await service.pass()
      expect((await ready())?.message).toContain('GitRepository "shop" not found')
      expect((await ready())?.message).toContain('kubectl get gitrepositories')
      await plane.admin.apply(source())
      for (let pass = 0; pass < 3; pass++) await service.pass()
      expect((await ready())?.message).toContain('No artifacts found for GitRepository')
      expect((await status())?.['phase']).toBe('Retrying')
      await plane.admin.applyStatus(source(), artifact(push('PASSWORD=late')))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('late')
    })

    it('leaves the secrets as they are when it vanishes, and says so', async () => {
      await publish(push('PASSWORD=one'))
      await service.pass()
      await plane.admin.remove(source())
      await service.pass()
      expect((await ready())?.message).toContain('GitRepository "shop" not found')
      expect(service.secret('web-PASSWORD')).toBe('one')
    })

    it('is followed anew when its ref changes, and not while it is suspended', async () => {
      const commit = push('PASSWORD=one')
      repository.commit({ [envFile]: 'PASSWORD=next' }, { ref: 'refs/heads/next' })
      await publish(commit)
      await service.pass()
      const next = {
        ...source(),
        spec: { ...(source()['spec'] as object), ref: { branch: 'next' }, suspend: true },
      }
      await plane.admin.apply(next)
      await service.pass()
      expect((await status())?.['phase']).toBe('Suspended')
      expect(service.secret('web-PASSWORD')).toBe('one')
      await plane.admin.apply({ ...next, spec: { ...next.spec, suspend: false } })
      await plane.admin.applyStatus(source(), artifact(commit, { observedGeneration: 3 }))
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('next')
    })

    it('decides which commit is taken where it verifies signatures', async () => {
      const verified = push('PASSWORD=signed')
      const url = `${git.url}/org/shop.git`
      const object = createRepository('shop', {
        spec: { url, verify: { mode: 'HEAD', secretRef: { name: 'keys' } } },
      })
      const verifiedStatus = artifact(verified)
      const conditions = [
        ...(verifiedStatus['conditions'] as object[]),
        {
          type: 'SourceVerified',
          status: 'True',
          reason: 'Succeeded',
          lastTransitionTime: '2026-01-01T00:00:00Z',
          message: '',
        },
      ]
      await plane.admin.apply(object)
      await plane.admin.applyStatus(object, { ...verifiedStatus, conditions })
      await plane.admin.apply(config)
      push('PASSWORD=unsigned')
      await service.pass()
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('signed')
    })

    it('is asked for a look by an annotation, once', async () => {
      await publish(push('PASSWORD=one'))
      await service.pass()
      const annotations = { 'secret-management.octopilot.io/reconcile': '1700000000' }
      await plane.admin.apply({ ...config, metadata: { ...config.metadata, annotations } })
      push('PASSWORD=two')
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('two')
      expect((await status())?.['lastHandledReconcileAt']).toBe('1700000000')
      const resourceVersion = (await plane.admin.read(config))?.metadata['resourceVersion']
      await service.pass()
      expect((await plane.admin.read(config))?.metadata['resourceVersion']).toBe(resourceVersion)
    })

    it('forgets a config that vanishes and syncs one that appears while it runs', async () => {
      await publish(push('PASSWORD=one'))
      await service.pass()
      const other = createConfig('api')
      await plane.admin.apply(other)
      await service.pass()
      expect(service.secret('api-PASSWORD')).toBe('one')
      await plane.admin.remove(other)
      await service.pass()
      expect((await service.head('apps', 'api'))?.watching).toBeUndefined()
      expect(service.secret('api-PASSWORD')).toBe('one')
    })

    it('is logged in to with the Secret that it names, if the worker may read it', async () => {
      await git.close()
      git = await startGitHttpServer({ credentials: { username: 'reader', password: 'canary-token' } })
      repository = git.createRepository('org/shop.git')
      const spec = { url: `${git.url}/org/shop.git`, secretRef: { name: 'git-credentials' } }
      const object = createRepository('shop', { spec })
      await plane.admin.apply(
        createSecret('git-credentials', { username: 'reader', password: 'canary-token' }),
      )
      await plane.admin.apply(object, config)
      await plane.admin.applyStatus(object, artifact(push('PASSWORD=private')))
      await service.pass()
      expect((await ready())?.reason).toBe('ClusterForbidden')
      expect((await ready())?.message).toMatch(/verb=get, resource=secrets, namespace=apps/)
      await plane.admin.apply(...createSecretRole('apps', ['git-credentials']))
      for (let pass = 0; pass < 3; pass++) await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('private')
      expect(JSON.stringify([await plane.admin.read(config), service.lines])).not.toContain('canary-token')
    })

    it.skipIf(findSshdObstacle() !== null)('is read over SSH with the identity that it names', async () => {
      const sshd = await startSshd({ acceptProtocol: true, hostKeyType: 'ed25519', userKeyType: 'ed25519' })
      try {
        const remote = sshd.createRepository('org/shop.git')
        const object = createRepository('shop', {
          spec: { url: `${sshd.url}/org/shop.git`, secretRef: { name: 'git-credentials' } },
        })
        const { privateKey: identity, knownHosts } = sshd.login
        await plane.admin.apply(createSecret('git-credentials', { identity, known_hosts: knownHosts }))
        await plane.admin.apply(...createSecretRole('apps', ['git-credentials']), object, config)
        const commit = remote.commit({ [envFile]: 'PASSWORD=over ssh' })
        await plane.admin.applyStatus(object, artifact(commit))
        await service.pass()
        expect(service.secret('web-PASSWORD')).toBe('over ssh')
        const next = remote.commit({ [envFile]: 'PASSWORD=pushed' })
        await plane.admin.applyStatus(object, artifact(next))
        await service.pass()
        expect(service.secret('web-PASSWORD')).toBe('pushed')
        expect(JSON.stringify([await plane.admin.read(config), service.lines])).not.toContain('PRIVATE KEY')
      } finally {
        await sshd.close()
      }
    })

    it('is seen as Flux sees it: what is ignored is not published', async () => {
      const commit = repository.commit({
        [envFile]: 'PASSWORD=shown',
        'old/deployment-configuration/dev/application.secrets.env': 'GONE=1',
        '.sourceignore': 'old/\n',
      })
      await publish(commit)
      await service.pass()
      expect(service.secret('web-PASSWORD')).toBe('shown')
      expect(service.secret('web-GONE')).toBeNull()
      expect((await status())['secretsSynced']).toBe(1)
    })

    it.each([
      'https://169.254.169.254/latest/meta-data',
      'https://[::ffff:127.0.0.1]/org/shop.git',
      'https://[fe80::1]/org/shop.git',
    ])('is not connected to at %s', async (url) => {
      await plane.admin.apply(createRepository('shop', { spec: { url } }), config)
      await plane.admin.applyStatus(createRepository('shop'), artifact('a'.repeat(40)))
      await service.pass()
      expect(await ready()).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
    })
  },
)

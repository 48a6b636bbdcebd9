import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import { testCertificate } from '../../servers/http-server.ts'
import { startProxyServer } from '../../servers/proxy-server.ts'
import { findSshdObstacle, type Sshd, startSshd } from '../../servers/sshd.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { kubernetesFolder } from './control-plane/kinds.ts'
import { createApplication, createArgoSecret, createProject } from './scene/argo-cd.ts'
import { createRepository } from './scene/flux.ts'
import {
  createConfig,
  createConfigMap,
  createSecret,
  createSecretGrant,
  envFile,
  type Fields,
} from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

const login = { username: 'reader', password: 'canary-token' }
const argoRole = join(kubernetesFolder, 'argocd-credentials/secrets.yaml')
const sshdObstacle = findSshdObstacle()

describeCluster('a private repository', (cluster) => {
  const scene = setScene(cluster, { login })
  const config = createConfig('web')
  const argoConfig = createConfig('web', {
    sourceRef: { kind: 'Application', name: 'shop', namespace: 'argocd' },
  })
  const source = (spec: Fields = {}) =>
    createRepository('shop', { url: `${scene.git.url}/org/shop.git`, ...spec })
  const sourceOfArgo = (repoURL: string) => ({ repoURL, path: '.', targetRevision: 'main' })
  const readReason = async () => (await scene.ready(config))?.reason
  const listLogins = () =>
    scene.git.requests.filter(({ headers }) => headers.authorization !== undefined).length
  /** Everything that somebody else can read of a look. */
  const readTraces = async () => JSON.stringify([await scene.read(config), scene.service.lines])

  describe('of a GitRepository', () => {
    const secretRef = { name: 'git-credentials' }

    it('is read with user and password of the Secret that it names, if the worker may read that', async () => {
      await scene.apply(createSecret('git-credentials', login), config)
      await scene.fetch(source({ secretRef }), scene.push('PASSWORD=private'))
      await scene.service.pass()
      expect(await readReason()).toBe('ClusterForbidden')
      expect((await scene.ready(config))?.message).toMatch(/verb=get, resource=secrets, namespace=apps/)
      expect(scene.git.requests).toEqual([])
      await scene.apply(...createSecretGrant(['git-credentials']))
      await scene.service.pass(3)
      expect(scene.service.secret('web-PASSWORD')).toBe('private')
      expect(await readTraces()).not.toContain(login.password)
    })

    it('is read with the Secret that the config names instead', async () => {
      const sourceRef = { kind: 'GitRepository', name: 'shop', namespace: 'apps' }
      const named = createConfig('web', { sourceRef: { ...sourceRef, gitCredentials: { name: 'own' } } })
      await scene.apply(createSecret('own', login), ...createSecretGrant(['own']), named)
      await scene.fetch(source(), scene.push('PASSWORD=private'))
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('private')
    })

    it('is read through the proxy that its GitRepository names', async () => {
      const proxy = await startProxyServer({ login: { username: 'smc', password: 'canary-proxy' } })
      try {
        const { address } = proxy
        await scene.apply(
          createSecret('git-credentials', login),
          createSecret('proxy', { address, username: 'smc', password: 'canary-proxy' }),
          ...createSecretGrant(['git-credentials', 'proxy']),
          config,
        )
        const throughProxy = source({ secretRef, proxySecretRef: { name: 'proxy' } })
        await scene.fetch(throughProxy, scene.push('PASSWORD=private'))
        await scene.service.pass()
        expect(scene.service.secret('web-PASSWORD')).toBe('private')
        expect(proxy.requests.length).toBe(scene.git.requests.length)
        expect(await readTraces()).not.toContain('canary')
      } finally {
        await proxy.close()
      }
    })

    it('is not read with a Secret that is wrong or gone', async () => {
      await scene.apply(...createSecretGrant(['git-credentials']), config)
      await scene.fetch(source({ secretRef }), scene.push('PASSWORD=private'))
      await scene.service.pass()
      expect(await readReason()).toBe('GitAuthFailed')
      await scene.apply(createSecret('git-credentials', { ...login, password: 'wrong' }))
      await scene.service.pass(3)
      expect(await readReason()).toBe('GitAuthFailed')
      expect(listLogins()).toBeGreaterThan(0)
      expect(scene.service.secret('web-PASSWORD')).toBeNull()
    })
  })

  describe('of an Application', () => {
    const compare = async (repository: string, text: string, project = 'default') => {
      const commit = scene.git.createRepository(repository).commit({ [envFile]: text })
      const application = createApplication('shop', sourceOfArgo(`${scene.git.url}/${repository}`), {
        project,
      })
      await scene.compare(application, commit)
    }
    const openTo = (path: string) => ({ url: `${scene.git.url}/${path}`, ...login })

    beforeEach(async () => await scene.apply(createProject('default'), createProject('team-a'), argoConfig))

    it('is read with the credentials of Argo CD for its URL, once they may be listed', async () => {
      await scene.apply(createArgoSecret('repo-creds', 'org', openTo('org')))
      await compare('org/private.git', 'PASSWORD=private')
      await scene.service.pass()
      expect(await readReason()).toBe('GitAuthFailed')
      await scene.applyFile(argoRole)
      await scene.service.pass(3)
      expect(scene.service.secret('web-PASSWORD')).toBe('private')
      expect(await readTraces()).not.toContain(login.password)
    })

    it('is read with the credentials that Argo CD has for it alone', async () => {
      await scene.applyFile(argoRole)
      await scene.apply(createArgoSecret('repository', 'shop', openTo('org/private')))
      await compare('org/private.git', 'PASSWORD=private')
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('private')
    })

    it('gets no credentials for an organisation whose name its own begins with (attack 6)', async () => {
      await scene.applyFile(argoRole)
      await scene.apply(createArgoSecret('repo-creds', 'org', openTo('org')))
      await compare('org-evil/shop.git', 'PASSWORD=x')
      await scene.service.pass()
      expect(await readReason()).toBe('GitAuthFailed')
      expect(scene.git.requests.length).toBeGreaterThan(0)
      expect(listLogins()).toBe(0)
    })

    it('gets no credentials of another project (attack 8)', async () => {
      await scene.applyFile(argoRole)
      const ofTeamB = { ...openTo('org/private'), project: 'team-b' }
      await scene.apply(createArgoSecret('repository', 'shop', ofTeamB))
      await compare('org/private.git', 'PASSWORD=of b', 'team-a')
      await scene.service.pass()
      expect(await readReason()).toBe('GitAuthFailed')
      expect(listLogins()).toBe(0)
      await scene.apply(createArgoSecret('repository', 'shop', { ...ofTeamB, project: 'team-a' }))
      await scene.service.pass(3)
      expect(scene.service.secret('web-PASSWORD')).toBe('of b')
    })
  })

  describe('behind a certificate of its own', () => {
    let git: GitHttpServer
    const push = (text: string) => git.createRepository('org/shop.git').commit({ [envFile]: text })
    const urlOf = () => `${git.url}/org/shop.git`

    beforeEach(async () => {
      git = await startGitHttpServer({ scheme: 'https' })
    })
    afterEach(async () => await git?.close())

    it('is read where the Secret of its GitRepository holds that', async () => {
      const secretRef = { name: 'git-credentials' }
      await scene.apply(...createSecretGrant(['git-credentials']), config)
      await scene.apply(createSecret('git-credentials', login))
      await scene.fetch(source({ url: urlOf(), secretRef }), push('PASSWORD=trusted'))
      await scene.service.pass()
      expect(await readReason()).toBe('GitUnavailable')
      expect(git.requests).toEqual([])
      await scene.apply(createSecret('git-credentials', { ...login, 'ca.crt': testCertificate }))
      await scene.service.pass(3)
      expect(scene.service.secret('web-PASSWORD')).toBe('trusted')
    })

    it('is read where Argo CD holds that for its host', async () => {
      await scene.applyFile(argoRole)
      await scene.apply(createProject('default'), argoConfig)
      await scene.apply(createConfigMap('argocd-tls-certs-cm', { '127.0.0.1': testCertificate }, 'argocd'))
      await scene.compare(createApplication('shop', sourceOfArgo(urlOf())), push('PASSWORD=trusted'))
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('trusted')
    })
  })

  describe.skipIf(sshdObstacle !== null)(
    `over SSH${sshdObstacle ? ` (skipped: ${sshdObstacle})` : ''}`,
    () => {
      let sshd: Sshd
      const pushTo = (text: string) => sshd.createRepository('org/shop.git').commit({ [envFile]: text })

      beforeEach(async () => {
        sshd = await startSshd({ acceptProtocol: true, hostKeyType: 'ed25519', userKeyType: 'ed25519' })
      })
      afterEach(async () => await sshd?.close())

      it('is read with the identity that its GitRepository names, from push to push', async () => {
        const repository = sshd.createRepository('org/shop.git')
        const { privateKey: identity, knownHosts } = sshd.login
        const secret = createSecret('git-credentials', { identity, known_hosts: knownHosts })
        await scene.apply(secret, ...createSecretGrant(['git-credentials']), config)
        const object = source({ url: `${sshd.url}/org/shop.git`, secretRef: { name: 'git-credentials' } })
        await scene.fetch(object, repository.commit({ [envFile]: 'PASSWORD=over ssh' }))
        await scene.service.pass()
        expect(scene.service.secret('web-PASSWORD')).toBe('over ssh')
        const next = repository.commit({ [envFile]: 'PASSWORD=pushed' })
        await scene.fetch(object, next)
        await scene.service.pass()
        expect(scene.service.secret('web-PASSWORD')).toBe('pushed')
        expect(await scene.status(config)).toMatchObject({
          phase: 'Ready',
          lastAppliedRevision: `main@sha1:${next}`,
        })
        expect(await readTraces()).not.toContain('PRIVATE KEY')
      })

      it('is not asked for anything where its host is not known', async () => {
        const other = await startSshd({
          acceptProtocol: true,
          hostKeyType: 'ed25519',
          userKeyType: 'ed25519',
        })
        await other.close()
        const port = new URL(sshd.url).port
        const knownHosts = other.login.knownHosts.replace(/\]:\d+/, `]:${port}`)
        const secret = createSecret('git-credentials', {
          identity: sshd.login.privateKey,
          known_hosts: knownHosts,
        })
        await scene.apply(secret, ...createSecretGrant(['git-credentials']), config)
        const object = source({ url: `${sshd.url}/org/shop.git`, secretRef: { name: 'git-credentials' } })
        await scene.fetch(object, pushTo('PASSWORD=over ssh'))
        await scene.service.pass()
        expect(await readReason()).toBe('GitHostKeyUnknown')
        expect(scene.service.secret('web-PASSWORD')).toBeNull()
      })

      it('is read with key and known hosts of Argo CD', async () => {
        const { privateKey: sshPrivateKey, knownHosts } = sshd.login
        const url = `${sshd.url}/org/shop.git`
        await scene.applyFile(argoRole)
        await scene.apply(
          createProject('default'),
          createArgoSecret('repository', 'shop', { url, sshPrivateKey }),
          createConfigMap('argocd-ssh-known-hosts-cm', { ssh_known_hosts: knownHosts }, 'argocd'),
          argoConfig,
        )
        await scene.compare(createApplication('shop', sourceOfArgo(url)), pushTo('PASSWORD=over ssh'))
        await scene.service.pass()
        expect(scene.service.secret('web-PASSWORD')).toBe('over ssh')
      })
    },
  )
})

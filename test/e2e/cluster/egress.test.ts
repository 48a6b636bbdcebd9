import type { LookupAddress } from 'node:dns'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import { type ProxyServer, startProxyServer } from '../../servers/proxy-server.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createApplication, createProject } from './scene/argo-cd.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig, createSecret, createSecretGrant, envFile } from './scene/objects.ts'
import { type Scene, setScene } from './scene/scene.ts'
import { startTrap, type Trap } from './scene/trap.ts'
import { watchConnections } from './scene/watch-connections.ts'

const config = createConfig('web')
const argoConfig = createConfig('api', {
  sourceRef: { kind: 'Application', name: 'shop', namespace: 'argocd' },
})
const commit = 'a'.repeat(40)
const readKey = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/keys', name), 'utf8')

describeCluster('the network of a worker', (cluster) => {
  const watched = watchConnections()
  let trap: Trap
  beforeEach(async () => {
    trap = await startTrap()
  })
  afterEach(async () => await trap?.close())
  /** Where the process has connected to, or tried to, beside the cluster. */
  const listAttempts = () => watched.attempts.filter((address) => address !== new URL(cluster.plane.url).host)

  describe('as a deployment has it', () => {
    const scene = setScene(cluster, { network: { egress: {} } })

    it.each([
      ['the metadata of the cloud', () => 'https://169.254.169.254/latest/meta-data'],
      ['loopback', () => `https://127.0.0.1:${trap.port}/org/shop.git`],
      ['the runtime of Lambda', () => 'https://127.0.0.1:9001/2018-06-01/runtime/invocation/next'],
      ['loopback, written as an IPv6 address', () => `https://[::ffff:127.0.0.1]:${trap.port}/org/shop.git`],
      ['loopback, written as a number', () => `https://2130706433:${trap.port}/org/shop.git`],
      ['a name of loopback', () => `https://localhost:${trap.port}/org/shop.git`],
      ['loopback without TLS', () => `http://127.0.0.1:${trap.port}/org/shop.git`],
    ])('makes no connection for a GitRepository or an Application to %s (attack 20)', async (_, url) => {
      await scene.fetch(createRepository('shop', { url: url() }), commit)
      const source = { repoURL: url(), path: '.', targetRevision: 'main' }
      await scene.apply(createProject('default'))
      await scene.compare(createApplication('shop', source), commit)
      for (const object of [config, argoConfig]) {
        await scene.apply(object)
        await scene.service.pass()
        expect(await scene.ready(object)).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
      }
      expect(listAttempts()).toEqual([])
      expect(trap.caught).toBe(0)
    })

    it('makes none for SSH to loopback (attack 20)', async () => {
      const known = `[127.0.0.1]:${trap.port} ${readKey('ed25519.ssh.pub')}`
      const login = { identity: readKey('ed25519.ssh'), known_hosts: known }
      const url = `ssh://git@127.0.0.1:${trap.port}/org/shop.git`
      await scene.apply(createSecret('git-credentials', login), ...createSecretGrant(['git-credentials']))
      await scene.fetch(createRepository('shop', { url, secretRef: { name: 'git-credentials' } }), commit)
      await scene.apply(config)
      await scene.service.pass()
      expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
      expect(listAttempts()).toEqual([])
      expect(trap.caught).toBe(0)
    })
  })

  describe('that goes through a proxy', () => {
    const throughProxy = async (scene: Scene, url: string, address: string) => {
      await scene.apply(createSecret('proxy', { address }), ...createSecretGrant(['proxy']))
      await scene.fetch(createRepository('shop', { url, proxySecretRef: { name: 'proxy' } }), commit)
      await scene.apply(config)
      await scene.service.pass()
      return await scene.ready(config)
    }

    describe('that the deployment does not list', () => {
      const scene = setScene(cluster, { network: { egress: {} } })

      it.each(['http', 'https', 'socks5'])(
        'makes no connection to one over %s (attack 20)',
        async (scheme) => {
          const address = `${scheme}://127.0.0.1:${trap.port}`
          const ready = await throughProxy(scene, 'https://git.example/org/shop.git', address)
          expect(ready).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
          expect(listAttempts()).toEqual([])
        },
      )
    })

    describe('that the deployment lists', () => {
      let proxy: ProxyServer
      beforeEach(async () => {
        proxy = await startProxyServer()
      })
      afterEach(async () => await proxy?.close())
      const network = {
        get egress() {
          return { allowedHosts: [new URL(proxy.address).host, 'localhost'] }
        },
      }
      const scene = setScene(cluster, { network })

      it('asks it for a connection to a host that is listed too', async () => {
        await throughProxy(scene, `https://localhost:${trap.port}/org/shop.git`, proxy.address)
        expect(proxy.requests[0]).toMatchObject({ method: 'CONNECT', target: `localhost:${trap.port}` })
        expect(trap.caught).toBeGreaterThan(0)
      })

      it.each(['169.254.169.254', '127.0.0.1', '[::ffff:127.0.0.1]'])(
        'does not ask it for a connection to %s (attack 20)',
        async (host) => {
          const ready = await throughProxy(scene, `https://${host}:${trap.port}/org/shop.git`, proxy.address)
          expect(ready).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
          expect(proxy.requests).toEqual([])
          expect(trap.caught).toBe(0)
        },
      )
    })
  })

  describe('where names change what they stand for', () => {
    const vetted: LookupAddress = { address: '127.0.0.1', family: 4 }
    /** It leads to 127.0.0.2, where the trap is, and no deployment can list it. */
    const forbidden: LookupAddress = { address: '::ffff:127.0.0.2', family: 6 }
    let answers: LookupAddress[][]
    const scene = setScene(cluster, {
      network: {
        egress: { allowedHosts: ['git.test'], allowHttp: true },
        resolve: async () => answers.shift() ?? [forbidden],
      },
    })
    let otherTrap: Trap
    beforeEach(async () => {
      otherTrap = await startTrap('127.0.0.2', Number(new URL(scene.git.url).port))
    })
    afterEach(async () => await otherTrap?.close())
    const follow = async () => {
      const { port } = new URL(scene.git.url)
      const url = `http://git.test:${port}/org/shop.git`
      await scene.fetch(createRepository('shop', { url }), scene.push('PASSWORD=vetted'))
      await scene.apply(config)
      await scene.service.pass()
      return port
    }

    it('connects to the address that was vetted, whatever the name stands for a moment later (attack 21)', async () => {
      answers = [[vetted]]
      const port = await follow()
      expect(scene.service.secret('web-PASSWORD')).toBe('vetted')
      expect(new Set(listAttempts())).toEqual(new Set([`127.0.0.1:${port}`]))
      expect(otherTrap.caught).toBe(0)
    })

    it('makes no connection for a name that stands for both (attack 21)', async () => {
      answers = Array.from({ length: 9 }, () => [vetted, forbidden])
      await follow()
      expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
      expect(listAttempts()).toEqual([])
      expect(otherTrap.caught).toBe(0)
    })
  })

  describe('where a server sends it elsewhere', () => {
    const scene = setScene(cluster)
    let git: GitHttpServer
    let location: (target: string) => string
    beforeEach(async () => {
      git = await startGitHttpServer({
        intercept: ({ url = '' }, response) => {
          const isMoved = url.startsWith('/old/')
          if (isMoved) response.writeHead(302, { location: location(url) }).end()
          return isMoved
        },
      })
    })
    afterEach(async () => await git?.close())
    const follow = async (logsIn: boolean) => {
      const login = { username: 'reader', password: 'canary-token' }
      const first = git.createRepository('new/shop.git').commit({ [envFile]: 'PASSWORD=moved' })
      const secretRef = logsIn && { secretRef: { name: 'git-credentials' } }
      await scene.apply(createSecret('git-credentials', login), ...createSecretGrant(['git-credentials']))
      await scene.fetch(createRepository('shop', { url: `${git.url}/old/shop.git`, ...secretRef }), first)
      await scene.apply(config)
      await scene.service.pass()
    }

    it.each([
      ['another host', () => `http://localhost:${trap.port}`],
      ['another port', () => `http://127.0.0.1:${trap.port}`],
      ['another scheme', () => `https://127.0.0.1:${new URL(git.url).port}`],
    ])('does not follow to %s, and sends it nothing (attack 22)', async (_, origin) => {
      location = (target) => origin() + target
      await follow(true)
      expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'EgressForbidden' })
      expect(new Set(listAttempts())).toEqual(new Set([new URL(git.url).host]))
      expect(trap.caught).toBe(0)
    })

    it('follows within the origin', async () => {
      location = (target) => target.replace('/old/', '/new/')
      await follow(false)
      expect(scene.service.secret('web-PASSWORD')).toBe('moved')
    })
  })
})

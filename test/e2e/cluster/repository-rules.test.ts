import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RepositoryRule } from '../../../lib/core/config/policy/policy.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createRepository } from './scene/flux.ts'
import { createConfig } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

const keys = join(import.meta.dirname, '../../fixtures/keys')
const signer = readFileSync(join(keys, 'ed25519.ssh.pub'), 'utf8').trim()
const config = createConfig('web')

describeCluster('rules for repositories', (cluster) => {
  const scene = setScene(cluster)
  const follow = async (commit: string) =>
    await scene.fetch(createRepository('shop', { url: `${scene.git.url}/org/shop.git` }), commit)
  const demand = async (rule: Omit<RepositoryRule, 'url'>) =>
    await scene.service.restart({
      tenancy: 'single',
      repositoryRules: [{ url: `${scene.git.url}/org`, ...rule }],
    })
  const listEvents = () =>
    scene.service.lines.map(({ message }) => message).filter((message) => message.startsWith('event: '))

  it('hold a branch that has gone back, and tell of it (attack 30)', async () => {
    await demand({ fastForward: true })
    const first = scene.push('PASSWORD=one')
    await scene.apply(config)
    await follow(scene.push('PASSWORD=two'))
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    scene.repository.git('update-ref', 'refs/heads/main', first)
    await follow(first)
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'HistoryRewound' })
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
    expect(listEvents()).toEqual(['event: synced', 'event: rewound'])
    await follow(scene.push('PASSWORD=three, upon one'))
    await scene.service.pass()
    expect(scene.service.secret('web-PASSWORD')).toBe('two')
  })

  describe('about signatures', () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'smc-signer-'))
      copyFileSync(join(keys, 'ed25519.ssh'), join(folder, 'key'))
      // ssh-keygen takes no key that others may read.
      chmodSync(join(folder, 'key'), 0o600)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    /** Signs the tip of `main` anew. @returns the commit */
    const sign = () => {
      const { git } = scene.repository
      const settings = Object.entries({
        'user.name': 'Test',
        'user.email': 'test@example.com',
        'gpg.format': 'ssh',
        'user.signingkey': join(folder, 'key'),
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      const commit = git(...settings, 'commit-tree', '-S', '-m', 'signed', '-p', 'main', 'main^{tree}')
      git('update-ref', 'refs/heads/main', commit)
      return commit
    }

    it('hold a commit that nobody has signed (attack 31)', async () => {
      await demand({ signedBy: [signer] })
      scene.push('PASSWORD=signed')
      await scene.apply(config)
      await follow(sign())
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('signed')
      await follow(scene.push('PASSWORD=unsigned'))
      await scene.service.pass()
      expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'CommitNotSigned' })
      expect(scene.service.secret('web-PASSWORD')).toBe('signed')
      scene.push('PASSWORD=signed again')
      await follow(sign())
      await scene.service.pass()
      expect(scene.service.secret('web-PASSWORD')).toBe('signed again')
    })

    it('hold a commit that somebody else has signed (attack 31)', async () => {
      const [, other = ''] = readFileSync(join(keys, 'rsa.ssh.pub'), 'utf8').split(' ')
      await demand({ signedBy: [`ssh-rsa ${other}`] })
      scene.push('PASSWORD=signed')
      await scene.apply(config)
      await follow(sign())
      await scene.service.pass()
      expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'CommitNotSigned' })
      expect(scene.service.secret('web-PASSWORD')).toBeNull()
    })
  })
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { kubernetesFolder } from './control-plane/kinds.ts'
import { createConfig } from './scene/objects.ts'

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0

describe.skipIf(!hasKubectl)(`kubectl${hasKubectl ? '' : ' (skipped: it is not installed)'}`, () => {
  describeCluster('in a cluster', (cluster) => {
    let folder: string
    const options = () => ['--kubeconfig', join(folder, 'kubeconfig'), '--cache-dir', join(folder, 'cache')]
    const kubectl = (...args: readonly string[]) =>
      execFileSync('kubectl', [...options(), ...args], { encoding: 'utf8' })

    beforeAll(() => {
      folder = realpathSync(mkdtempSync(join(tmpdir(), 'smc-kubectl-')))
      writeFileSync(join(folder, 'kubeconfig'), cluster.plane.kubeconfig(cluster.plane.tokens.admin), {
        mode: 0o600,
      })
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('installs what the service needs', () => {
      expect(
        kubectl('apply', '--server-side', '--force-conflicts', '-k', kubernetesFolder).split('\n'),
      ).toEqual([
        expect.stringMatching(/^customresourcedefinition.*secretmanagerconfigs\.\S+ serverside-applied$/),
        expect.stringMatching(/^clusterrole.*smc-reconcile serverside-applied$/),
        expect.stringMatching(/^clusterrole.*smc-worker serverside-applied$/),
        expect.stringMatching(/^clusterrolebinding.*smc-reconcile serverside-applied$/),
        expect.stringMatching(/^clusterrolebinding.*smc-worker serverside-applied$/),
        '',
      ])
    })

    it('gives leave to read Secrets with the components', () => {
      const kubernetes = relative(folder, kubernetesFolder)
      const patch = '- { op: replace, path: /rules/0/resourceNames, value: [git-credentials, database] }'
      const kustomization = {
        namespace: 'apps',
        components: [`${kubernetes}/credentials`],
        patches: [{ target: { kind: 'Role', name: 'smc-git-credentials' }, patch }],
      }
      writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization))
      kubectl('apply', '-k', folder)
      const mayRead = (name: string, namespace = 'apps') => {
        const asWorker = ['--as=any', '--as-group=smc-worker', '--namespace', namespace]
        const args = ['auth', 'can-i', 'get', `secrets/${name}`, ...asWorker]
        return spawnSync('kubectl', [...options(), ...args]).status === 0
      }
      expect(mayRead('database')).toBe(true)
      expect(mayRead('other')).toBe(false)
      expect(mayRead('database', 'other')).toBe(false)
    })

    it('explains and shows configs', async () => {
      await cluster.plane.admin.apply(createConfig('web'))
      // What a kind means is told a while after it is served.
      await vi.waitFor(
        () => expect(kubectl('explain', 'smc.spec.prune')).toContain('secrets that Git no longer names'),
        { timeout: 30_000, interval: 500 },
      )
      expect(kubectl('--namespace', 'apps', 'get', 'smc')).toMatch(
        /^NAME +PHASE +READY +REASON +REVISION +SECRETS +DESCRIPTION +AGE\nweb /,
      )
    })

    it('is told what is wrong with a config', () => {
      const wrong = createConfig('wrong', { provider: {} })
      writeFileSync(join(folder, 'wrong.yaml'), JSON.stringify(wrong))
      const { status, stderr } = spawnSync(
        'kubectl',
        [...options(), 'apply', '-f', join(folder, 'wrong.yaml')],
        { encoding: 'utf8' },
      )
      expect(status).toBe(1)
      expect(stderr).toContain('exactly one of aws, gcp and azure must be set')
    })
  })
})

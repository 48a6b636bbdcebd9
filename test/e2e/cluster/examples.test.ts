import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type GitHttpServer, startGitHttpServer } from '../../servers/git-http-server.ts'
import type { GitRepository } from '../../servers/git-repository.ts'
import { type RunningService, startService } from '../embedded/smc.ts'
import type { KubeObject } from './control-plane/admin.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { kubernetesFolder } from './control-plane/kinds.ts'
import { createComparison } from './scene/argo-cd.ts'
import { createArtifactStatus } from './scene/flux.ts'

const examples = join(import.meta.dirname, '../../../examples')
const quickstart = join(examples, 'quickstart/repository')
const credentials = { username: 'reader', password: 'a-token-of-the-git-host' }

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0

let git: GitHttpServer
let repository: GitRepository
let service: RunningService
let folder: string

/** Text of an example, with the Git host that this test has. */
const readExample = (name: string) =>
  readFileSync(join(examples, 'cluster', name), 'utf8').replaceAll('https://git.example.com', git.url)
const parse = (name: string) =>
  parseAllDocuments(readExample(name)).map((document) => document.toJS() as KubeObject)

function readFolder(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(quickstart, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(quickstart, path), readFileSync(path, 'utf8')]),
  )
}

describeCluster('the examples for clusters', (cluster) => {
  beforeAll(async () => {
    const { plane } = cluster
    git = await startGitHttpServer({ credentials })
    repository = git.createRepository('payments/app-secrets')
    const commit = repository.commit(readFolder())
    await plane.admin.applyFile(join(kubernetesFolder, 'argocd-credentials/secrets.yaml'))
    await plane.admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments' } })
    for (const object of [...parse('flux.yaml'), ...parse('argocd.yaml')]) {
      await plane.admin.apply(object)
      if (object.kind === 'GitRepository') {
        const stored = (await plane.admin.read(object)) ?? object
        await plane.admin.applyStatus(object, createArtifactStatus(stored, commit, Date.now()))
      }
      if (object.kind === 'Application') {
        await plane.admin.apply({ ...object, status: createComparison(object, commit, Date.now()) })
      }
    }
    folder = mkdtempSync(join(tmpdir(), 'smc-examples-'))
    writeFileSync(join(folder, 'kubeconfig'), plane.kubeconfig(plane.tokens.both))
    writeFileSync(join(folder, 'policy.yaml'), readExample('policy.yaml'))
    service = await startService({
      args: ['--kubeconfig', join(folder, 'kubeconfig'), '--policy', join(folder, 'policy.yaml')],
      environment: { SOPS_AGE_KEY_FILE: join(examples, 'quickstart/keys/quickstart.agekey') },
    })
  }, 240_000)
  afterAll(async () => {
    await service?.stop()
    await git?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  it('are synced by the time that the command is ready, under their policy', async () => {
    const status = (await service.read('status')) as { id: string; ready: boolean; revision: string }[]
    expect(status).toMatchObject([
      { id: 'cluster/payments/shop-dev', ready: true },
      { id: 'cluster/payments/shop-prod', ready: true },
    ])
    expect(await service.run('secrets', 'get', 'shop-dev-DATABASE_USER', '--reveal')).toBe('shop_dev')
    expect(await service.run('secrets', 'get', 'shop-prod-PAYMENT_API_KEY', '--reveal')).toMatch(/^sk_test_/)
  })

  it('show on the resource what was applied', async () => {
    const { read } = cluster.plane.admin
    const at = { apiVersion: 'secret-management.octopilot.io/v1beta1', kind: 'SecretManagerConfig' }
    for (const name of ['shop-dev', 'shop-prod']) {
      expect(await read({ ...at, metadata: { name, namespace: 'payments' } })).toMatchObject({
        status: {
          phase: 'Ready',
          lastAppliedRevision: expect.stringMatching(/^main@sha1:/),
          decryptionStatus: 'Success',
        },
      })
    }
  })

  it.skipIf(!hasKubectl)('are shown by kubectl (skipped without it)', () => {
    const options = ['--kubeconfig', join(folder, 'kubeconfig'), '--cache-dir', join(folder, 'cache')]
    const printed = execFileSync('kubectl', [...options, '--namespace', 'payments', 'get', 'smc'], {
      encoding: 'utf8',
    })
    expect(printed).toMatch(/^NAME +PHASE +READY +REASON +REVISION +SECRETS +DESCRIPTION +AGE$/m)
    expect(printed).toMatch(/^shop-dev +Ready +True +ReconciliationSucceeded +main@sha1:[0-9a-f]{40} +\d+ /m)
  })

  it('take a push', async () => {
    const path = 'microservices/shop/deployment-configuration/profiles/dev/kustomization.yaml'
    const text = readFileSync(join(quickstart, path), 'utf8')
    repository.commit({ [path]: text.replace(/FEATURE_FLAGS=.*/, 'FEATURE_FLAGS=pushed') })
    await service.run('sync', 'shop-dev')
    expect(await service.run('secrets', 'get', 'shop-dev-FEATURE_FLAGS', '--reveal')).toBe('pushed')
  })

  it('are explained by the policy', async () => {
    const args = ['--kubeconfig', join(folder, 'kubeconfig'), '--policy', join(folder, 'policy.yaml')]
    const printed = await service.run('policy', 'explain', 'shop-dev', ...args)
    expect(printed).toMatch(/spec\.sourceRef\.namespace +payments +payments argocd +yes/)
  })

  it('do not start without a policy', async () => {
    await expect(startService({ args: ['--kubeconfig', join(folder, 'kubeconfig')] })).rejects.toThrow(
      /PolicyMissing|need a policy/,
    )
  })
})

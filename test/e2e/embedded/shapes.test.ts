import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, type RunningService, runSmc, startService } from './smc.ts'

const overlay = 'microservices/shop/deployment-configuration/profiles/dev/kustomization.yaml'
let service: RunningService
let folder: string
let clone: string
let written: string

beforeAll(async () => {
  service = await startService()
  folder = mkdtempSync(join(tmpdir(), 'smc-shapes-'))
  clone = join(folder, 'shop')
  await git(folder, 'clone', '--quiet', (await service.run('quickstart')).trim(), clone)
  written = readFileSync(manifestFile(), 'utf8')
}, 60_000)

afterAll(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const manifestFile = () => join(service.home, 'quickstart', 'shop-dev.yaml')

/** Writes the manifest anew with other lines under `spec` and `secrets`, and syncs. */
async function configure(spec: string, secrets = '', edit = (text: string) => text) {
  const withSecrets = edit(written).replace(/^( {2}secrets:\n)/m, `$1${secrets}`)
  writeFileSync(manifestFile(), `${withSecrets.trimEnd()}\n${spec}`)
  const { stdout, exitCode } = await runSmc('sync', 'shop-dev', '--home', service.home, '--json')
  return { answer: JSON.parse(stdout)[0], exitCode }
}

const reveal = async (name: string) => await service.run('secrets', 'get', name, '--reveal')
const listNames = async () =>
  ((await service.read('secrets', 'list')) as { name: string }[]).map(({ name }) => name)

async function push(flags: string) {
  const file = join(clone, overlay)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/FEATURE_FLAGS=.*/, `FEATURE_FLAGS=${flags}`))
  await git(clone, 'commit', '--quiet', '--all', '--message', flags)
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
}

describe('a config', () => {
  it('publishes one JSON secret for each Kubernetes Secret, and shows that as a move', async () => {
    const { answer } = await configure('', '    layout: secret\n')
    expect(answer).toMatchObject({ state: 'done', result: 'ReconciliationSucceeded' })
    expect(answer.plan.pruning.moves).toContainEqual({
      from: 'shop-dev-DATABASE_USER',
      to: 'shop-dev-database',
    })
    const text = await reveal('shop-dev-database')
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(text)).toSorted())
    expect(JSON.parse(text)).toMatchObject({ DATABASE_USER: 'shop_dev' })
  })

  it('names secrets by a template', async () => {
    await configure('', "    nameTemplate: '{{environment}}/{{name}}/{{key}}'\n")
    expect(await reveal('dev/database/DATABASE_USER')).toBe('shop_dev')
  })

  it('carries tags and a description', async () => {
    const { answer } = await configure('', '', (text) =>
      text.replace(/^( {6}region: .*)$/m, '$1\n      description: Of the shop\n      tags: { team: shop }'),
    )
    expect(answer).toMatchObject({ state: 'done', result: 'ReconciliationSucceeded' })
    const secrets = (await service.read('secrets', 'list')) as {
      name: string
      tags: Record<string, string>
    }[]
    const found = secrets.find(({ name }) => name === 'shop-dev-DATABASE_USER')
    expect(found?.tags).toMatchObject({
      team: 'shop',
      environment: 'dev',
      'managed-by': 'secret-manager-controller',
    })
  })

  it('stays at the applied revision while Git pulls are suspended', async () => {
    await push('before')
    await configure('')
    await configure('  suspendGitPulls: true\n')
    await push('after')
    await configure('  suspendGitPulls: true\n  triggerUpdate: true\n')
    expect(await reveal('shop-dev-FEATURE_FLAGS')).toBe('before')
    await configure('')
    expect(await reveal('shop-dev-FEATURE_FLAGS')).toBe('after')
  })

  it('does nothing while it is suspended', async () => {
    expect(await configure('  suspend: true\n')).toMatchObject({
      exitCode: 1,
      answer: { result: 'ConfigSuspended' },
    })
    await push('resumed')
    await service.read('status')
    expect(await reveal('shop-dev-FEATURE_FLAGS')).toBe('after')
    await configure('')
    expect(await reveal('shop-dev-FEATURE_FLAGS')).toBe('resumed')
  })

  it('publishes a group as a whole, and deletes what has moved where it prunes', async () => {
    await configure('  publish: atomic\n')
    await push('grouped')
    expect((await configure('  publish: atomic\n')).answer).toMatchObject({
      result: 'ReconciliationSucceeded',
    })
    expect(await reveal('shop-dev-FEATURE_FLAGS')).toBe('grouped')
    const { answer } = await configure('  prune: schedule\n')
    expect(answer.result).toBe('PruneBraked')
    const { digest } = answer.plan.pruning
    await runSmc('prune', 'shop-dev', '--approve', digest, '--home', service.home, '--json')
    expect(await listNames()).toContain('shop-dev-FEATURE_FLAGS')
    await expect(reveal('dev/database/DATABASE_USER')).rejects.toThrow('SecretScheduledForDeletion')
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHome } from '../../../lib/adapters/home/home.ts'
import { openStoreDatabase } from '../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../lib/adapters/stores/local.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import type { RequestRecord } from '../../../lib/core/state/records.ts'
import { git, type RunningService, runSmc, startService, waitFor } from './smc.ts'

const overlay = 'microservices/shop/deployment-configuration/profiles/dev/kustomization.yaml'
const flagsName = 'shop-dev-FEATURE_FLAGS'
let service: RunningService
let folder: string
let clone: string
let home: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smc-operate-'))
  home = join(folder, 'home')
  service = await startService({ home })
  clone = join(folder, 'shop')
  await git(folder, 'clone', '--quiet', (await service.run('quickstart')).trim(), clone)
}, 60_000)

afterAll(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const reveal = async () => await service.run('secrets', 'get', flagsName, '--reveal')

async function push(value: string): Promise<string> {
  const file = join(clone, overlay)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/FEATURE_FLAGS=.*/, `FEATURE_FLAGS=${value}`))
  await git(clone, 'commit', '--quiet', '--all', '--message', value)
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  return await git(clone, 'rev-parse', 'HEAD')
}

async function publish(value: string): Promise<string> {
  const commit = await push(value)
  await waitFor(async () => (await reveal()) === value, 5_000)
  return commit
}

/** Runs `smc` with `--json`, whatever its exit code says. */
async function order(...args: string[]) {
  const { stdout, stderr, exitCode } = await runSmc(...args, '--home', home, '--json')
  const answer = stdout === '' ? null : (JSON.parse(stdout) as RequestRecord)
  return { answer, exitCode, stderr }
}

/** Somebody else's secret in the store of the service. */
async function createForeignSecret(name: string): Promise<void> {
  const database = openStoreDatabase(openHome(home).secretsFile)
  const target = { account: '000000000000', region: 'eu-west-1' }
  const store = createLocalStore({ database, target, clock: systemClock })
  const value = SecretValue.fromText('theirs')
  await store.create({ name, versionId: 'f'.repeat(32), value, kind: 'string', tags: {} })
  database.close()
}

/** The condition that says where a config stays. */
function pinnedAt(commit: string) {
  return expect.objectContaining({ type: 'Pinned', message: expect.stringContaining(commit) })
}

describe('an operator', () => {
  it('sees what a rollback would do, does it, and lets the config follow Git again', async () => {
    const first = await publish('first')
    await publish('second')
    const preview = await order('rollback', 'shop-dev', '--dry-run')
    expect(preview).toMatchObject({
      exitCode: 2,
      answer: { plan: { revision: { commit: first }, changes: [{ action: 'relabel', name: flagsName }] } },
    })
    expect(await reveal()).toBe('second')
    expect(await order('rollback', 'shop-dev', '--to', first.slice(0, 10))).toMatchObject({
      exitCode: 0,
      answer: { kind: 'rollback', state: 'done', result: 'ReconciliationSucceeded' },
    })
    expect(await reveal()).toBe('first')
    await push('third')
    await order('sync', 'shop-dev')
    expect(await reveal()).toBe('first')
    expect(await order('status', 'shop-dev')).toMatchObject({
      answer: [{ remarks: ['Pinned'], conditions: expect.arrayContaining([pinnedAt(first)]) }],
    })
    expect((await runSmc('status', 'shop-dev', '--home', home)).stdout).toContain('Pinned=True')
    expect(await order('resume', 'shop-dev')).toMatchObject({ exitCode: 0 })
    expect(await order('status', 'shop-dev')).toMatchObject({ answer: [{ remarks: [] }] })
    expect(await reveal()).toBe('third')
  })

  it('is told when there is nothing to go back to', async () => {
    const refused = await order('rollback', 'shop-dev', '--to', 'f'.repeat(40))
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('RevisionNotInHistory') })
    expect((await order('rollback')).exitCode).toBe(64)
  })

  it('is told by the exit code that a secret could not be written', async () => {
    const file = join(clone, overlay)
    const whole = readFileSync(file, 'utf8')
    await createForeignSecret('shop-dev-STRANGER')
    writeFileSync(file, whole.replace(/( *- )FEATURE_FLAGS=.*\n/, '$&$1STRANGER=ours\n'))
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Want what is not ours')
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    const failed = { exitCode: 1, answer: { state: 'failed', result: 'SecretNotOwned' } }
    expect(await order('sync', 'shop-dev')).toMatchObject({ ...failed, answer: [failed.answer] })
    expect(await order('resume', 'shop-dev')).toMatchObject(failed)
    expect((await runSmc('resume', 'shop-dev', '--home', home)).stdout).toContain('shop-dev-STRANGER')
    expect((await order('adopt', 'shop-dev', 'shop-dev-STRANGER')).exitCode).toBe(64)
    const other = await order('adopt', 'shop-dev', `shop-dev-STRANGER@${'e'.repeat(32)}`)
    expect(other).toMatchObject(failed)
    expect(await order('adopt', 'shop-dev', `shop-dev-STRANGER@${'f'.repeat(32)}`)).toMatchObject({
      exitCode: 0,
      answer: { kind: 'adopt', state: 'done' },
    })
    expect(await service.run('secrets', 'get', 'shop-dev-STRANGER', '--reveal')).toBe('ours')
    writeFileSync(file, whole)
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Leave it alone')
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    expect(await order('sync', 'shop-dev')).toMatchObject({ exitCode: 0 })
  })

  it('stops and resumes a config', async () => {
    await order('suspend', 'shop-dev')
    await push('fourth')
    expect(await order('sync', 'shop-dev')).toMatchObject({ exitCode: 1 })
    expect(await reveal()).toBe('third')
    expect(await order('resume', 'shop-dev')).toMatchObject({ exitCode: 0 })
    expect(await reveal()).toBe('fourth')
  })

  it('sees what Git no longer names, and is refused an approval of something else', async () => {
    const file = join(clone, overlay)
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.replace(/.*FEATURE_FLAGS=.*\n/, ''))
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Drop the flags')
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    const seen = await order('prune', 'shop-dev')
    expect(seen).toMatchObject({
      exitCode: 2,
      answer: { plan: { pruning: { unwanted: [flagsName, 'shop-dev-STRANGER'], held: 'report' } } },
    })
    expect(await order('prune', 'shop-dev', '--approve', '0'.repeat(64))).toMatchObject({
      exitCode: 1,
      answer: { result: 'ApprovalRefused' },
    })
    expect(await reveal()).toBe('fourth')
    writeFileSync(file, whole)
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Take the flags back')
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  })

  it('rolls back without the service, when neither it nor Git can be reached', async () => {
    await publish('fifth')
    await service.stop()
    expect(await order('rollback', 'shop-dev')).toMatchObject({
      exitCode: 0,
      answer: { state: 'done', result: 'ReconciliationSucceeded' },
    })
    expect(await reveal()).toBe('fourth')
  })
})

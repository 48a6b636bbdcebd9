import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, type RunningService, startService, waitFor } from './smc.ts'

const profiles = 'microservices/shop/deployment-configuration/profiles'
const flagsName = 'shop-dev-FEATURE_FLAGS'

interface StatusRow {
  id: string
  phase: string
  ready: boolean
  revision: string
  secrets: number
}

let service: RunningService
let folder: string
let clone: string

beforeAll(async () => {
  service = await startService()
  folder = mkdtempSync(join(tmpdir(), 'smc-clone-'))
  clone = join(folder, 'shop')
  const url = (await service.run('quickstart')).trim()
  await git(folder, 'clone', '--quiet', url, clone)
}, 60_000)

afterAll(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function readStatus(): Promise<Record<string, StatusRow>> {
  const rows = (await service.read('status')) as StatusRow[]
  return Object.fromEntries(rows.map((row) => [row.id.split('/').at(-1), row]))
}

async function pushFlags(value: string): Promise<string> {
  const file = join(clone, profiles, 'dev', 'kustomization.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/FEATURE_FLAGS=.*/, `FEATURE_FLAGS=${value}`))
  await git(clone, 'commit', '--quiet', '--all', '--message', `Set the flags to ${value}`)
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  return await git(clone, 'rev-parse', 'HEAD')
}

const reveal = async (name: string) => await service.run('secrets', 'get', name, '--reveal')

describe('the quickstart', () => {
  it('has synced all three configs when it says ready', async () => {
    const status = await readStatus()
    expect(Object.keys(status).sort()).toEqual(['shop-dev', 'shop-prod', 'shop-staging'])
    for (const row of Object.values(status)) expect(row).toMatchObject({ phase: 'Ready', ready: true })
    expect(await reveal('shop-dev-DATABASE_USER')).toBe('shop_dev')
    expect(await reveal('shop-prod-PAYMENT_API_KEY')).toMatch(/^sk_test_/)
  })

  it('publishes a pushed change, and touches only the config concerned', async () => {
    const before = await readStatus()
    const commit = await pushFlags('fast-search')
    await waitFor(async () => (await reveal(flagsName)) === 'fast-search', 5_000)
    const after = await readStatus()
    expect(after['shop-dev']?.revision).toBe(`main@sha1:${commit}`)
    expect(after['shop-prod']).toEqual(before['shop-prod'])
    expect(after['shop-staging']).toEqual(before['shop-staging'])
  })

  it('tells what a delivery has led to, config by config', async () => {
    const [entry] = (await service.read('history', 'shop-dev')) as { requestId: string; trigger: string }[]
    expect(entry).toMatchObject({ trigger: 'fan-out' })
    const delivery = await service.read('delivery', entry?.requestId ?? '')
    expect(delivery).toMatchObject({
      hash: entry?.requestId,
      result: 'queued',
      configs: [
        { configId: 'quickstart/shop/shop-dev', fate: 'synced', changes: { update: 1 } },
        { configId: 'quickstart/shop/shop-prod', fate: 'untouched' },
        { configId: 'quickstart/shop/shop-staging', fate: 'untouched' },
      ],
    })
    expect(await service.run('delivery', entry?.requestId ?? '')).toContain('1 update')
  })

  it('moves the label back on a revert, without a new version', async () => {
    const list = async () => {
      const rows = (await service.read('secrets', 'list')) as { name: string; versionId: string }[]
      return rows.find(({ name }) => name === flagsName)?.versionId
    }
    const first = await list()
    await pushFlags('dark-mode')
    await waitFor(async () => (await reveal(flagsName)) === 'dark-mode', 5_000)
    await pushFlags('fast-search')
    await waitFor(async () => (await reveal(flagsName)) === 'fast-search', 5_000)
    expect(await list()).toBe(first)
  })

  it('holds on a broken push, says why, and is mended by the next one', async () => {
    const file = join(clone, profiles, 'dev', 'secrets.yaml')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.replace(/data:..../, 'data:AAAA'))
    await pushFlags('not-published')
    await waitFor(async () => (await readStatus())['shop-dev']?.phase === 'Failed', 5_000)
    expect(await reveal(flagsName)).toBe('fast-search')
    expect((await readStatus())['shop-prod']).toMatchObject({ ready: true })
    writeFileSync(file, whole)
    await pushFlags('mended')
    await waitFor(async () => (await reveal(flagsName)) === 'mended', 5_000)
    expect((await readStatus())['shop-dev']).toMatchObject({ phase: 'Ready', ready: true })
  })

  it('finds a push whose hook was lost, by the schedule', async () => {
    const hook = join(service.home, 'git/shop.git/hooks/post-receive')
    renameSync(hook, `${hook}.lost`)
    await pushFlags('found-by-the-schedule')
    renameSync(`${hook}.lost`, hook)
    await waitFor(async () => (await reveal(flagsName)) === 'found-by-the-schedule', 150_000)
  }, 160_000)

  it('keeps its home to its owner', () => {
    for (const name of ['', 'token', 'webhook-secret']) {
      expect(existsSync(join(service.home, name))).toBe(true)
      expect(statSync(join(service.home, name)).mode & 0o077).toBe(0)
    }
  })

  it('prints no value anywhere', async () => {
    const value = await reveal('shop-dev-DATABASE_PASSWORD')
    const printed = [
      service.printed(),
      await service.run('status'),
      await service.run('history', 'shop-dev'),
    ].join('\n')
    expect(printed).not.toContain(value)
    expect(printed).not.toContain(Buffer.from(value).toString('base64'))
  })
})

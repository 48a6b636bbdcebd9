import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHome } from '../../../lib/adapters/home/home.ts'
import { createLocalParameters } from '../../../lib/adapters/parameters/local.ts'
import { openStoreDatabase } from '../../../lib/adapters/stores/local/schema.ts'
import { systemClock } from '../../../lib/adapters/system-clock.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import { git, type RunningService, runSmc, startService, waitFor } from './smc.ts'

const overlay = 'microservices/shop/deployment-configuration/profiles/dev'
// A changed manifest is seen by the next pass, and there is one a minute.
const passTimeMs = 150_000

let service: RunningService
let folder: string

beforeAll(async () => {
  service = await startService()
  folder = mkdtempSync(join(tmpdir(), 'smc-clone-'))
}, 60_000)

afterAll(async () => {
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Listed {
  readonly name: string
  readonly type: string
  readonly version: number
  readonly tags: Readonly<Record<string, string>>
}

const list = async () => (await service.read('parameters', 'list')) as Listed[]
const reveal = async (name: string) => await service.run('parameters', 'get', name, '--reveal')

/** Pushes another text of the overlay. */
async function change(clone: string, from: string, to: string): Promise<void> {
  const file = join(clone, overlay, 'kustomization.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  await git(clone, 'commit', '--quiet', '--all', '--message', to)
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
}

/** Somebody else's parameter in the store of the service. */
async function createForeign(name: string): Promise<void> {
  const database = openStoreDatabase(openHome(service.home).secretsFile)
  const target = { account: '000000000000', region: 'eu-west-1' }
  const store = createLocalParameters({ database, target, clock: systemClock })
  const value = SecretValue.fromText('theirs')
  await store.create({ name, versionId: 'f'.repeat(64), value, kind: 'parameter', tags: { team: 'them' } })
  database.close()
}

describe('a config that is given parameters', () => {
  it('publishes the ConfigMaps of its overlay, those from encrypted files encrypted', async () => {
    const clone = join(folder, 'shop')
    await git(folder, 'clone', '--quiet', (await service.run('quickstart')).trim(), clone)
    const generators =
      'configMapGenerator:\n  - {name: settings, literals: [log.level=debug], envs: [database.env]}\n'
    appendFileSync(join(clone, overlay, 'kustomization.yaml'), generators)
    appendFileSync(
      join(service.home, 'quickstart', 'shop-dev.yaml'),
      '  configs: { enabled: true, parameterPath: /shop }\n',
    )
    await git(clone, 'commit', '--quiet', '--all', '--message', 'Publish settings')
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')

    await waitFor(async () => (await list()).length > 1, passTimeMs)
    const types = Object.fromEntries((await list()).map(({ name, type }) => [name, type]))
    expect(types).toMatchObject({ '/shop/log_level': 'String', '/shop/DATABASE_USER': 'SecureString' })
    expect(await service.run('parameters', 'get', '/shop/log_level', '--reveal')).toBe('debug')
    expect(await service.run('history', 'shop-dev')).toContain('ssm:/shop/log_level')
  }, 200_000)

  it('goes back with them to what it had published, and forward again', async () => {
    const clone = join(folder, 'shop')
    await change(clone, 'log.level=debug', 'log.level=info')
    await service.run('sync', 'shop-dev')
    expect(await reveal('/shop/log_level')).toBe('info')
    const password = await reveal('/shop/DATABASE_PASSWORD')
    await service.run('rollback', 'shop-dev')
    expect(await reveal('/shop/log_level')).toBe('debug')
    expect(await service.run('history', 'shop-dev')).toContain('ssm:/shop/log_level')
    await service.run('resume', 'shop-dev')
    expect(await reveal('/shop/log_level')).toBe('info')
    const versions = Object.fromEntries((await list()).map(({ name, version }) => [name, version]))
    expect(versions).toMatchObject({ '/shop/log_level': 4, '/shop/DATABASE_PASSWORD': 1 })
    expect(await reveal('/shop/DATABASE_PASSWORD')).toBe(password)
  }, 60_000)

  it('takes over a parameter that somebody names with its number', async () => {
    const clone = join(folder, 'shop')
    await createForeign('ssm:/shop/found')
    await change(clone, 'log.level=info', 'log.level=info, found=ours')
    const adopt = async (version: number) =>
      await runSmc('adopt', 'shop-dev', `ssm:/shop/found@${version}`, '--home', service.home)
    expect(await adopt(2)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('SecretNotOwned') })
    expect(await reveal('/shop/found')).toBe('theirs')
    expect(await adopt(1)).toMatchObject({ exitCode: 0 })
    expect(await reveal('/shop/found')).toBe('ours')
  }, 60_000)

  it('takes over a parameter that the config names with its number, and no other', async () => {
    const clone = join(folder, 'shop')
    await createForeign('ssm:/shop/legacy')
    await change(clone, 'log.level=info', 'log.level=info, legacy=ours')
    const refused = await runSmc('sync', 'shop-dev', '--home', service.home)
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('ssm:/shop/legacy') })
    expect(await reveal('/shop/legacy')).toBe('theirs')
    const manifest = join(service.home, 'quickstart', 'shop-dev.yaml')
    appendFileSync(manifest, '  adopt: [{ name: ssm:/shop/legacy, version: 1 }]\n')
    expect(await runSmc('sync', 'shop-dev', '--home', service.home)).toMatchObject({ exitCode: 0 })
    expect(await reveal('/shop/legacy')).toBe('ours')
    expect(await list()).toContainEqual(
      expect.objectContaining({
        name: '/shop/legacy',
        version: 2,
        tags: expect.objectContaining({ team: 'them', 'managed-by': 'secret-manager-controller' }),
      }),
    )
  }, 60_000)
})

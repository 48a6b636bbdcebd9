import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, type RunningService, startService, waitFor } from './smc.ts'

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

    const list = async () => (await service.read('parameters', 'list')) as { name: string; type: string }[]
    await waitFor(async () => (await list()).length > 1, passTimeMs)
    const types = Object.fromEntries((await list()).map(({ name, type }) => [name, type]))
    expect(types).toMatchObject({ '/shop/log_level': 'String', '/shop/DATABASE_USER': 'SecureString' })
    expect(await service.run('parameters', 'get', '/shop/log_level', '--reveal')).toBe('debug')
    expect(await service.run('history', 'shop-dev')).toContain('ssm:/shop/log_level')
  }, 200_000)
})

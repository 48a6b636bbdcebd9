import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parameters } from '../../cli/parameters.ts'
import { openHome } from '../../lib/adapters/home/home.ts'
import { createLocalParameters } from '../../lib/adapters/parameters/local.ts'
import { openStoreDatabase } from '../../lib/adapters/stores/local/schema.ts'
import { SecretValue } from '../../lib/core/secret-value.ts'
import { versionId } from '../contracts/store-under-test.ts'
import { createFakeClock } from '../fakes/clock.ts'

let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smc-'))
  const database = openStoreDatabase(openHome(folder).secretsFile)
  for (const region of ['eu-west-1', 'us-east-1']) {
    const target = { account: '000000000000', region }
    const store = createLocalParameters({ database, target, clock: createFakeClock() })
    const parameter = { versionId: versionId(1), value: SecretValue.fromText('debug'), tags: { a: '1' } }
    await store.create({ name: 'ssm:/shop/dev/both', kind: 'parameter', ...parameter })
    if (region === 'us-east-1')
      await store.create({ name: 'ssm:/shop/dev/one', kind: 'secure-parameter', ...parameter })
  }
  database.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(positionals: string[], values: Record<string, string | boolean> = {}): Promise<string> {
  const printed: string[] = []
  const output = {
    result: (text: string) => void printed.push(text),
    resultBytes: (bytes: Uint8Array) => void printed.push(Buffer.from(bytes).toString()),
    note: () => {},
    colours: false,
  }
  expect(
    await parameters.run({ positionals, values: { home: folder, ...values }, output, environment: {} }),
  ).toBe(0)
  return printed.join('\n')
}

describe('smc parameters', () => {
  it('lists those of every region, without values', async () => {
    const text = await run(['list'])
    expect(text).toContain('/shop/dev/one')
    expect(text).not.toContain('debug')
    expect(JSON.parse(await run(['list'], { json: true }))).toMatchObject([
      { name: '/shop/dev/both', region: 'eu-west-1' },
      { name: '/shop/dev/both', region: 'us-east-1' },
      {
        name: '/shop/dev/one',
        type: 'SecureString',
        tier: 'Standard',
        version: 1,
        versionId: versionId(1),
        tags: { a: '1' },
      },
    ])
  })

  it('shows one, and its bare value where that is asked for', async () => {
    expect(JSON.parse(await run(['get', '/shop/dev/one'], { json: true }))).toMatchObject({
      type: 'SecureString',
    })
    expect(await run(['get', '/shop/dev/one'], { reveal: true })).toBe('debug')
    expect(await run(['get', '/shop/dev/both'], { reveal: true, region: 'eu-west-1' })).toBe('debug')
  })

  it.each([
    ['UsageInvalid', ['get', '/shop/dev/both']],
    ['SecretNotFound', ['get', '/shop/dev/other']],
    ['UsageInvalid', ['get']],
    ['UsageInvalid', ['drop', '/shop/dev/one']],
  ])('ends with %s for %j', async (code, positionals) => {
    await expect(run(positionals)).rejects.toMatchObject({ code })
  })
})

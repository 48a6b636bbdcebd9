import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { CommandInput } from '../../cli/command.ts'
import { policy } from '../../cli/policy.ts'
import { createConfigManifest, createGitRepository } from '../fakes/manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'smc-policy-'))
const manifests = join(folder, 'manifests')
mkdirSync(manifests)
writeFileSync(
  join(manifests, 'all.yaml'),
  [createConfigManifest(), createGitRepository({ url: 'https://git.test/team/app' })]
    .map((one) => stringify(one))
    .join('---\n'),
)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function explain(rules: unknown, ...positionals: string[]) {
  const file = join(folder, 'policy.yaml')
  writeFileSync(file, stringify(rules))
  const printed: string[] = []
  const input: CommandInput = {
    values: { manifests, policy: file, home: join(folder, 'home'), json: true },
    positionals,
    environment: {},
    output: {
      result: (text) => void printed.push(text),
      resultBytes: () => {},
      note: () => {},
      colours: false,
    },
  }
  const code = await policy.run(input)
  return { code, report: JSON.parse(printed.join('')) }
}

const listed = (grant: object) => ({ tenancy: 'listed', tenants: [{ tenant: 'manifests/apps', ...grant }] })

describe('smc policy explain', () => {
  it('shows what is granted of what a config asks for, its source included', async () => {
    const rules = listed({ sourceNamespaces: ['flux-system'], repositories: ['https://git.test/team'] })
    const { code, report } = await explain(rules, 'explain', 'web')
    expect(code).toBe(0)
    expect(report).toMatchObject({
      config: 'manifests/apps/web',
      tenant: 'manifests/apps',
      tenancy: 'listed',
    })
    expect(report.judgements.map(({ path, permitted }: never) => [path, permitted])).toEqual([
      ['spec.sourceRef.namespace', true],
      ['spec.provider.aws.region', true],
      ['spec.sourceRef', true],
    ])
  })

  it('ends with 1 where something is refused, and does not look at what is behind it', async () => {
    const { code, report } = await explain(listed({}), 'explain', 'apps/web')
    expect(code).toBe(1)
    expect(report.judgements).toMatchObject([
      { asked: 'flux-system', granted: ['apps'], permitted: false },
      { permitted: true },
    ])
  })

  it('has nothing to refuse in single tenancy', async () => {
    expect(await explain({ tenancy: 'single' }, 'explain', 'web')).toMatchObject({
      code: 0,
      report: { tenancy: 'single', judgements: [] },
    })
  })

  it.each([[['explain']], [['show', 'web']], [['explain', 'web', 'x']]])(
    'does not understand %j',
    async (words) => {
      await expect(explain({ tenancy: 'single' }, ...words)).rejects.toMatchObject({ code: 'UsageInvalid' })
    },
  )
})

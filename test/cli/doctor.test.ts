import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { doctor } from '../../cli/doctor.ts'

const root = join(import.meta.dirname, '../..')
const overlay = join(
  root,
  'examples/quickstart/repository/microservices/shop/deployment-configuration/profiles/dev',
)
const file = join(overlay, 'secrets.yaml')
const home = mkdtempSync(join(tmpdir(), 'doctor-'))
afterAll(() => rmSync(home, { recursive: true }))

async function run(positionals: readonly string[], environment: Record<string, string> = {}) {
  const printed: string[] = []
  const code = await doctor.run({
    values: { json: true, home: join(home, 'home'), manifests: join(root, 'examples/quickstart/manifests') },
    positionals,
    environment: { HOME: home, ...environment },
    output: {
      result: (text) => void printed.push(text),
      resultBytes: () => {},
      note: () => {},
      colours: false,
    },
  })
  return { code, examinations: JSON.parse(printed.join('\n')) }
}

describe('smc doctor', () => {
  it('says of each key of a file that it opens', async () => {
    const SOPS_AGE_KEY_FILE = join(root, 'examples/quickstart/keys/quickstart.agekey')
    expect(await run([file], { SOPS_AGE_KEY_FILE })).toEqual({
      code: 0,
      examinations: [
        { subject: file, ok: true, findings: [{ about: expect.stringMatching(/^age1/), ok: true }] },
      ],
    })
  })

  it('says why a key does not open a file, and what to do', async () => {
    expect(await run([file])).toMatchObject({
      code: 1,
      examinations: [
        {
          ok: false,
          findings: [{ ok: false, code: 'SopsNoMatchingKey', hint: expect.stringContaining('updatekeys') }],
        },
      ],
    })
  })

  it('names the configs that are not ready', async () => {
    const { code, examinations } = await run([])
    expect(code).toBe(1)
    expect(examinations).toContainEqual({ subject: 'manifests/shop/shop-dev', ok: false, findings: [] })
  })

  it.each([
    ['a file that is not there', join(home, 'none.yaml'), 'InputMissing'],
    ['a file that is not encrypted', join(overlay, 'kustomization.yaml'), 'SopsMetadataMissing'],
  ])('refuses %s', async (_, path, code) => {
    await expect(run([path])).rejects.toMatchObject({ code })
  })
})

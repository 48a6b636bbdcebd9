import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../cli/verify.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const opening = { SOPS_AGE_KEY_FILE: join(fixtures, 'keys/sops-vectors.agekey') }
const other = {
  SOPS_AGE_KEY_FILE: join(import.meta.dirname, '../../examples/quickstart/keys/quickstart.agekey'),
}

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-'))
  const vector = join(fixtures, 'sops/vectors/app.enc.env')
  for (const folder of ['good/.git', 'good/deep', 'bad']) mkdirSync(join(root, folder), { recursive: true })
  cpSync(vector, join(root, 'good/deep/app.env'))
  cpSync(vector, join(root, 'bad/app.env'))
  const tampered = readFileSync(vector, 'utf8').replace(/^A=.*\n/m, '')
  writeFileSync(join(root, 'good/plain.env'), 'A=1\n')
  writeFileSync(join(root, 'good/.git/tampered.env'), tampered)
  writeFileSync(join(root, 'bad/tampered.env'), tampered)
})
afterAll(() => rmSync(root, { recursive: true }))

async function run(positionals: readonly string[], environment = opening, values = { json: true }) {
  const printed: string[] = []
  const code = await verify.run({
    values,
    positionals,
    environment: { ...environment, HOME: root },
    output: {
      result: (text) => void printed.push(text),
      resultBytes: () => {},
      note: () => {},
      colours: false,
    },
  })
  return { code, printed: printed.join('\n') }
}

describe('smc verify', () => {
  it('finds the encrypted files below a folder, and nothing wrong with them', async () => {
    const { code, printed } = await run([join(root, 'good')])
    expect({ code, files: JSON.parse(printed) }).toEqual({
      code: 0,
      files: [{ file: 'deep/app.env', format: 'dotenv', ok: true }],
    })
  })

  it('fails for one file that somebody has changed, and goes on to the others', async () => {
    const { code, printed } = await run([join(root, 'bad')])
    expect({ code, files: JSON.parse(printed) }).toMatchObject({
      code: 1,
      files: [
        { file: 'app.env', ok: true },
        { file: 'tampered.env', ok: false, code: 'SopsMacMismatch' },
      ],
    })
  })

  it('fails where no key of this machine opens a file', async () => {
    const { code, printed } = await run([join(root, 'good')], other)
    expect({ code, files: JSON.parse(printed) }).toMatchObject({
      code: 1,
      files: [{ file: 'deep/app.env', ok: false, code: 'SopsNoMatchingKey' }],
    })
  })

  it('tells a person of the failures alone, and how many files there are', async () => {
    const { printed } = await run([join(root, 'bad')], opening, { json: false })
    const [failure, total, ...rest] = printed.split('\n')
    expect(failure).toMatch(/^tampered\.env: SopsMacMismatch: /)
    expect(total).toContain('2 encrypted files, 1 failed')
    expect(rest).toEqual([])
  })

  it.each([
    ['no folder', [], 'UsageInvalid'],
    ['two folders', ['a', 'b'], 'UsageInvalid'],
    ['a folder that is not there', [join(import.meta.dirname, 'none')], 'InputMissing'],
  ])('refuses %s', async (_, positionals, code) => {
    await expect(run(positionals)).rejects.toMatchObject({ code })
  })
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCommand } from '../../cli/build.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const sealed = readFileSync(join(fixtures, 'sops/vectors/app.enc.env'), 'utf8')
const environment = { SOPS_AGE_KEY_FILE: join(fixtures, 'keys/sops-vectors.agekey') }

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'))
  const files = {
    'plain/kustomization.yaml': 'configMapGenerator: [{name: c, literals: [a=1]}]',
    'sealed/kustomization.yaml': 'secretGenerator: [{name: s, envs: [app.env]}]',
    'sealed/app.env': sealed,
    'out/kustomization.yaml': 'resources: [../../out]',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
})
afterAll(() => rmSync(root, { recursive: true }))

/** Runs the command as `smc` would, and gathers what it prints. */
async function run(positionals: readonly string[], values: Record<string, string> = { root }) {
  const results: string[] = []
  const code = await buildCommand.run({
    values,
    positionals: [...positionals],
    environment,
    output: {
      result: (text) => void results.push(text),
      resultBytes: () => {},
      note: () => {},
      colours: false,
    },
  })
  return { code, objects: JSON.parse(results.join('\n')) }
}

describe('smc build', () => {
  it('prints the objects of an overlay as JSON', async () => {
    expect(await run([join(root, 'plain')])).toEqual({
      code: 0,
      objects: [
        { apiVersion: 'v1', data: { a: '1' }, kind: 'ConfigMap', metadata: { name: 'c-h29d89cmmt' } },
      ],
    })
  })

  it('decrypts what is encrypted', async () => {
    const { objects } = await run([join(root, 'sealed')])
    expect(Buffer.from(objects[0].data.A, 'base64').toString()).toBe('1')
  })

  it.each([
    ['an overlay that leaves the root', () => run([join(root, 'out')]), 'PathOutsideRepository'],
    ['a directory outside the root', () => run([tmpdir()]), 'PathOutsideRepository'],
    ['no such directory', () => run([join(root, 'none')]), 'PathNotFound'],
    ['no such root', () => run(['x'], { root: join(root, 'none') }), 'PathNotFound'],
    ['no root', () => run(['x'], {}), 'UsageInvalid'],
    ['no directory', () => run([]), 'UsageInvalid'],
  ])('refuses %s', async (_about, build, code) => {
    await expect(build()).rejects.toMatchObject({ code })
  })
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { decryptCommand } from '../../cli/decrypt.ts'
import { sopsFormats } from '../../lib/core/sops/sops-format.ts'
import { type SopsDocument, sopsDocument } from '../arbitraries/sops-document.ts'

/** Documents over all formats; each costs two runs of sops. */
const runs = Number(process.env['SMC_DIFFERENTIAL_RUNS'] ?? 40)
const keyFile = join(import.meta.dirname, '../fixtures/keys/sops-vectors.agekey')
const recipient = /public key: (age1\w+)/.exec(readFileSync(keyFile, 'utf8'))?.[1] ?? ''
const folder = mkdtempSync(join(tmpdir(), 'smc-differential-'))
const environment = { SOPS_AGE_KEY_FILE: keyFile }

const version = spawnSync('sops', ['--version', '--disable-version-check'], { encoding: 'utf8' }).stdout
const hasSops = version?.startsWith('sops 3.') === true

function runSops(...args: string[]) {
  const { status, stdout } = spawnSync('sops', args, {
    env: { ...process.env, ...environment, HOME: folder },
  })
  return { code: status, stdout }
}

/** The encrypted file, or nothing where sops does not encrypt such. */
function encrypt({ format, content, rule }: SopsDocument): Uint8Array | null {
  const path = join(folder, `plain.${format}`)
  writeFileSync(path, content)
  const types = ['--input-type', format, '--output-type', format]
  const { code, stdout } = runSops('-e', '--age', recipient, ...types, ...rule, path)
  return code === 0 ? stdout : null
}

async function runCommand(path: string, options: Record<string, string>) {
  const results: Uint8Array[] = []
  const output = {
    result: () => {},
    resultBytes: (bytes: Uint8Array) => void results.push(bytes),
    note: () => {},
    colours: false,
  }
  const code = await decryptCommand.run({ values: options, positionals: [path], environment, output })
  return { code, stdout: Buffer.concat(results) }
}

describe.skipIf(!hasSops)('smc decrypt beside the real sops (skipped where sops is not on PATH)', () => {
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(sopsFormats)(
    'prints the same, or ends with the same code, for generated %s',
    { timeout: 600_000 },
    async (format) => {
      const property = fc.asyncProperty(
        sopsDocument(format),
        fc.constantFrom(format, ...sopsFormats),
        async (document, outputFormat) => {
          const encrypted = encrypt(document)
          fc.pre(encrypted !== null)
          const path = join(folder, `encrypted.${format}`)
          writeFileSync(path, encrypted)
          const expected = runSops('-d', '--input-type', format, '--output-type', outputFormat, path)
          const actual = await runCommand(path, { 'input-type': format, 'output-type': outputFormat })
          expect(actual).toEqual(expected)
        },
      )
      await fc.assert(property, { numRuns: Math.ceil(runs / sopsFormats.length) })
    },
  )
})

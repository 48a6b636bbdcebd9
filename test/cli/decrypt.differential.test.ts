import { isUtf8 } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { decryptCommand } from '../../cli/decrypt.ts'
import { type SopsFormat, sopsFormats } from '../../lib/core/sops/sops-format.ts'
import { lineEdits } from '../arbitraries/edited-lines.ts'
import { type SopsDocument, sopsDocument } from '../arbitraries/sops-document.ts'
import { listExtractPaths } from '../fakes/extract-paths.ts'

/** Documents over all formats and properties; each costs two runs of sops. */
const asked = process.env['SMC_DIFFERENTIAL_RUNS']
const runs = Number(asked ?? 45)
const keyFile = join(import.meta.dirname, '../fixtures/keys/sops-vectors.agekey')
const recipients = [...readFileSync(keyFile, 'utf8').matchAll(/public key: (age1\w+)/g)].map(
  ([, key]) => key ?? '',
)
const folder = mkdtempSync(join(tmpdir(), 'smc-differential-'))
const environment = { SOPS_AGE_KEY_FILE: keyFile }

const version = spawnSync('sops', ['--version', '--disable-version-check'], { encoding: 'utf8' }).stdout
const hasSops = version?.startsWith('sops 3.') === true

/** Two groups of one key, both of them needed. */
const shamirConfig = join(folder, 'shamir.yaml')
writeFileSync(
  shamirConfig,
  JSON.stringify({
    creation_rules: [{ shamir_threshold: 2, key_groups: recipients.map((key) => ({ age: [key] })) }],
  }),
)
const keys = {
  one: ['--age', recipients[0] ?? ''],
  two: ['--age', recipients.toReversed().join(',')],
  shamir: ['--config', shamirConfig],
} as const

function runSops(...args: string[]) {
  const { status, stdout } = spawnSync('sops', args, {
    env: { ...process.env, ...environment, HOME: folder },
  })
  return { code: status, stdout }
}

/** The encrypted file, or nothing where sops does not encrypt such. */
function encrypt({ format, content, rule }: SopsDocument, kind: keyof typeof keys = 'one'): Buffer | null {
  const path = join(folder, `plain.${format}`)
  writeFileSync(path, content)
  const types = ['--input-type', format, '--output-type', format]
  const { code, stdout } = runSops('-e', ...keys[kind], ...types, ...rule, path)
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

/** On some comments: one in another encoding on its way into YAML, an empty line in INI. */
const panicked = 2

/** Runs both on the file with the same options. */
async function compare(
  content: Uint8Array,
  format: SopsFormat,
  options: Record<string, string> = {},
): Promise<void> {
  const path = join(folder, `encrypted.${format}`)
  writeFileSync(path, content)
  const all = { 'input-type': format, 'output-type': format, ...options }
  const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
  const expected = runSops('-d', ...flags, path)
  fc.pre(expected.code !== panicked)
  expect(await runCommand(path, all)).toEqual(expected)
}

/** Comments that are no UTF-8 sops writes into YAML as they are, which then is no YAML: see docs/decryption.md. */
function hasForeignComment({ content }: SopsDocument, output: SopsFormat): boolean {
  return output === 'yaml' && !isUtf8(content) && /^[ \t]*[#;]/m.test(Buffer.from(content).toString('latin1'))
}

/** The same documents each time; a long run takes others, and prints its seed where it fails. */
const seed = process.env['SMC_DIFFERENTIAL_SEED'] ?? (asked === undefined ? '1' : undefined)
const perProperty = {
  numRuns: Math.ceil(runs / sopsFormats.length / 3),
  ...(seed !== undefined && { seed: Number(seed) }),
}

describe.skipIf(!hasSops)('smc decrypt beside the real sops (skipped where sops is not on PATH)', () => {
  afterAll(() => rmSync(folder, { recursive: true }))

  describe.each(sopsFormats)('for generated %s', { timeout: 1_200_000 }, (format) => {
    it('prints the same in any format, or ends with the same code', async () => {
      const kinds = fc.constantFrom<keyof typeof keys>('one', 'two', 'shamir')
      const outputFormats = fc.constantFrom(format, ...sopsFormats)
      const property = fc.asyncProperty(
        sopsDocument(format),
        kinds,
        outputFormats,
        async (document, kind, output) => {
          fc.pre(!hasForeignComment(document, output))
          const encrypted = encrypt(document, kind)
          fc.pre(encrypted !== null)
          await compare(encrypted, format, { 'output-type': output })
        },
      )
      await fc.assert(property, perProperty)
    })

    it('makes the same of a file that a hand has edited', async () => {
      const property = fc.asyncProperty(sopsDocument(format), lineEdits, async (document, edit) => {
        const encrypted = encrypt(document)
        fc.pre(encrypted !== null)
        // As Latin-1, so that no byte is lost.
        await compare(Buffer.from(edit(encrypted.toString('latin1')), 'latin1'), format)
      })
      await fc.assert(property, perProperty)
    })

    it.skipIf(format === 'binary')('extracts the same', async () => {
      const outputFormats = fc.constantFrom(format, ...sopsFormats)
      const property = fc.asyncProperty(
        sopsDocument(format),
        fc.nat(),
        outputFormats,
        async (document, choice, output) => {
          const encrypted = encrypt(document)
          const paths = encrypted === null ? [] : listExtractPaths(encrypted, format)
          const extract = paths[choice % Math.max(paths.length, 1)]
          fc.pre(encrypted !== null && extract !== undefined)
          await compare(encrypted, format, { extract, 'output-type': output })
        },
      )
      await fc.assert(property, perProperty)
    })
  })
})

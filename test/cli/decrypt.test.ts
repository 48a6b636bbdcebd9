import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decryptCommand } from '../../cli/decrypt.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const vectors = join(fixtures, 'sops/vectors')
const keyFile = join(fixtures, 'keys/sops-vectors.agekey')

interface Run {
  readonly options?: Record<string, string | string[]>
  readonly environment?: Record<string, string>
}

/** Runs the command as `smc` would, and gathers what it prints. */
async function run(file: string | undefined, { options = {}, environment }: Run = {}) {
  const results: Uint8Array[] = []
  const notes: string[] = []
  const code = await decryptCommand.run({
    values: options,
    positionals: file === undefined ? [] : [file],
    environment: environment ?? { SOPS_AGE_KEY_FILE: keyFile },
    output: {
      result: (text) => void results.push(Buffer.from(`${text}\n`)),
      resultBytes: (bytes) => void results.push(bytes),
      note: (text) => void notes.push(text),
      colours: false,
    },
  })
  return { code, stdout: Buffer.concat(results), stderr: notes.join('\n') }
}

describe('smc decrypt', () => {
  it.each(['app.enc.env', 'k8s-secret.enc.yaml'])('prints %s decrypted, and nothing else', async (name) => {
    const plain = readFileSync(join(vectors, name.replace('.enc.', '.plain.')))
    expect(await run(join(vectors, name))).toEqual({ code: 0, stdout: plain, stderr: '' })
  })

  it('takes keys from SOPS_AGE_KEY', async () => {
    const environment = { SOPS_AGE_KEY: readFileSync(keyFile, 'utf8') }
    expect(await run(join(vectors, 'app.enc.env'), { environment })).toMatchObject({ code: 0 })
  })

  it('takes types from options, and an unknown type for none', async () => {
    const options = { 'input-type': 'binary', 'output-type': 'binary' }
    const { stdout } = await run(join(vectors, 'blob.enc.bin'), { options })
    expect(stdout).toEqual(readFileSync(join(vectors, 'blob.plain.bin')))
    const json = await run(join(vectors, 'app.enc.env'), {
      options: { 'input-type': 'x', 'output-type': 'json' },
    })
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ A: '1' })
  })

  it('prints one value of the file', async () => {
    const extract = (path: string, options = {}) =>
      run(join(vectors, 'types-multidoc.enc.yaml'), { options: { extract: path, ...options } })
    expect((await extract('["string"]')).stdout.toString()).toBe('plain text')
    expect((await extract('["list"][3][1]')).stdout.toString()).toBe(
      'four: 4\n---\nsecond: document\n# trailing comment\n',
    )
    expect((await extract('["integer"]', { 'output-type': 'json' })).stdout.toString()).toBe('42')
    expect(await extract('["list"][9]')).toMatchObject({ code: 1, stdout: Buffer.of() })
    expect(await extract('list')).toMatchObject({ code: 91, stdout: Buffer.of() })
  })

  it.each([
    ['no key', 'app.enc.env', { environment: {} }, 128, 'SopsNoMatchingKey'],
    ['no metadata', 'app.plain.env', {}, 1, 'SopsMetadataMissing'],
    [
      'a format that is too flat',
      'k8s-secret.enc.yaml',
      { options: { 'output-type': 'dotenv' } },
      4,
      'SopsOutputUnsupported',
    ],
    ['no such file', 'nothing.yaml', {}, 100, 'InputMissing'],
    ['no file named', undefined, {}, 64, 'UsageInvalid'],
    [
      'a key file that is not there',
      'app.enc.env',
      { environment: { SOPS_AGE_KEY_FILE: '/nowhere' } },
      128,
      'SopsNoMatchingKey',
    ],
    [
      'an OpenPGP key that is not there',
      'app.enc.env',
      { options: { 'pgp-key': ['/nowhere'] } },
      128,
      'SopsKeyInvalid',
    ],
  ])('ends as sops does on %s, with nothing on stdout', async (...[, name, options, code, error]) => {
    const ended = await run(name && join(vectors, name), options)
    expect(ended).toMatchObject({ code, stdout: Buffer.of() })
    expect(ended.stderr.split(':')[0]).toBe(error)
  })

  it.each<[string, number, string, (text: string) => string]>([
    ['a line that is none', 1, 'SopsFileUnreadable', (text) => `no line\n${text}`],
    ['two rules', 1, 'SopsMetadataInvalid', (text) => `${text}sops_encrypted_regex=x\n`],
    ['no lastmodified', 1, 'SopsMetadataInvalid', (text) => text.replace(/^sops_lastmodified.*\n/m, '')],
    ['another byte of a value', 25, 'SopsValueTampered', (text) => text.replace('data:1w', 'data:1A')],
    ['a key that was renamed', 25, 'SopsValueTampered', (text) => text.replace('URL=', 'URI=')],
    ['plain text', 25, 'SopsValueNotEncrypted', (text) => `canary=canary\n${text}`],
    ['an unknown type', 25, 'SopsValueInvalid', (text) => text.replace('type:str', 'type:set')],
    ['a value that was edited', 51, 'SopsMacMismatch', (text) => text.replace('=visible', '=edited')],
    ['no MAC', 51, 'SopsMacMismatch', (text) => text.replace(/^sops_mac=.*\n/m, '')],
    ['another date', 51, 'SopsMacInvalid', (text) => text.replace('2026-01-02T', '2026-01-03T')],
  ])('ends as sops does on %s, with code %d', async (_, code, error, damage) => {
    const folder = mkdtempSync(join(tmpdir(), 'smc-damaged-'))
    const file = join(folder, 'app.env')
    writeFileSync(file, damage(readFileSync(join(vectors, 'app.enc.env'), 'utf8')))
    const ended = await run(file)
    expect({ ...ended, stderr: ended.stderr.split(':')[0] }).toEqual({
      code,
      stdout: Buffer.of(),
      stderr: error,
    })
    expect(ended.stderr.replaceAll('keyPath=canary', '')).not.toContain('canary')
    rmSync(folder, { recursive: true })
  })

  it('names identities that it left out, after the error', async () => {
    const environment = { SOPS_AGE_KEY: 'AGE-SECRET-KEY-1X' }
    const { stderr } = await run(join(vectors, 'app.enc.env'), { environment })
    expect(stderr).toMatch(/^SopsKeyInvalid: .*\nwarning: .*SOPS_AGE_KEY line 1\n/s)
  })

  it('opens a file although a key file that a variable names is not there', async () => {
    const environment = { SOPS_AGE_KEY_FILE: keyFile, SOPS_AGE_SSH_PRIVATE_KEY_FILE: '/nowhere' }
    const { code, stderr } = await run(join(vectors, 'app.enc.env'), { environment })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'warning: key left out (unreadable): /nowhere',
    })
  })

  it('tells of keys in the usual places only where the file does not open', async () => {
    const home = mkdtempSync(join(tmpdir(), 'smc-home-'))
    mkdirSync(join(home, '.ssh'))
    copyFileSync(join(fixtures, 'keys/ed25519-locked.ssh'), join(home, '.ssh/id_ed25519'))
    const named = { HOME: home, SOPS_AGE_KEY_FILE: keyFile }
    expect((await run(join(vectors, 'app.enc.env'), { environment: named })).stderr).toBe('')
    const failed = await run(join(vectors, 'app.enc.env'), { environment: { HOME: home } })
    expect(failed.stderr).toContain(`(passphrase): ${join(home, '.ssh/id_ed25519')} line 1`)
    mkdirSync(join(home, '.config/sops/age'), { recursive: true })
    copyFileSync(keyFile, join(home, '.config/sops/age/keys.txt'))
    expect(await run(join(vectors, 'app.enc.env'), { environment: { HOME: home } })).toMatchObject({
      code: 0,
      stderr: '',
    })
    rmSync(home, { recursive: true })
  })

  it('takes keys from the command in SOPS_AGE_KEY_CMD', async () => {
    const environment = { PATH: process.env['PATH'] ?? '', SOPS_AGE_KEY_CMD: `cat '${keyFile}'` }
    expect(await run(join(vectors, 'app.enc.env'), { environment })).toMatchObject({ code: 0 })
  })

  it.each([
    ['the option', { options: { 'decryption-order': 'kms,kms' } }],
    ['the variable', { environment: { SOPS_DECRYPTION_ORDER: 'age,pgp,age' } }],
  ])('refuses an order in %s that names a kind twice', async (_, given) => {
    const { code, stderr } = await run(join(vectors, 'app.enc.env'), given)
    expect({ code, error: stderr.split(':')[0] }).toEqual({ code: 112, error: 'SopsKeyOrderInvalid' })
  })

  it('reports every key of every group after the error', async () => {
    const [first = ''] = readFileSync(keyFile, 'utf8').match(/^AGE-SECRET-KEY-.*$/m) ?? []
    const { stderr } = await run(join(vectors, 'shamir.enc.json'), { environment: { SOPS_AGE_KEY: first } })
    expect(stderr).toMatch(
      /^SopsNoMatchingKey: .*\n\nGroup 0: SUCCESS\n\nGroup 1: FAILED\n {2}age1.*: FAILED\n/s,
    )
    expect(stderr).toMatch(/2 of its 3 key groups must open, one\nkey each, and 1 did\.$/)
  })
})

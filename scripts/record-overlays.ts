import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { formatArchive, parseArchive } from '../test/fakes/archive.ts'

/**
 * Writes into each overlay of test/fixtures/kustomize/{overlays,ksops} what the `kustomize` on PATH makes of it: the
 * v1 Secrets and ConfigMaps, or `null` where it fails. For those of `ksops` it needs `sops` and `ksops` on PATH, too;
 * each file of theirs that is called `*.enc.*` is encrypted with a throw-away key first. With arguments only those
 * whose names start with one of them are written.
 */
const fixtures = join(import.meta.dirname, '..', 'test', 'fixtures')
const keyFile = join(fixtures, 'keys', 'x25519.agekey')
for (const folder of ['overlays', 'ksops']) {
  const directory = join(fixtures, 'kustomize', folder)
  const names = readdirSync(directory).filter((name) => isWanted(name))
  for (const name of names) recordOverlay(join(directory, name), folder === 'ksops')
}

function isWanted(name: string): boolean {
  const prefixes = process.argv.slice(2)
  return prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix))
}

function recordOverlay(path: string, withPlugins: boolean): void {
  const archive = parseArchive(readFileSync(path, 'utf8'))
  const { 'expected.json': _former, ...files } = archive.files
  const root = mkdtempSync(join(tmpdir(), 'overlay-'))
  try {
    for (const [file, text] of Object.entries(files)) writeSource(root, file, text)
    // The first word of the comment is the directory to build.
    const objects = build(join(root, archive.comment.split(' ')[0] ?? ''), withPlugins)
    const expected = `${JSON.stringify(objects, null, 1)}\n`
    writeFileSync(path, formatArchive({ ...archive, files: { ...files, 'expected.json': expected } }))
  } finally {
    rmSync(root, { recursive: true })
  }
}

function writeSource(root: string, file: string, text: string): void {
  const path = join(root, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  if (!file.includes('.enc.')) return
  const recipient = /age1\w+/.exec(readFileSync(keyFile, 'utf8'))?.[0] ?? ''
  const rule = /\.(yaml|json)$/.test(file) ? ['--encrypted-regex', '^(data|stringData)$'] : []
  execFileSync('sops', ['encrypt', '--in-place', '--age', recipient, ...rule, path], { stdio: 'pipe' })
}

function build(directory: string, withPlugins: boolean): unknown {
  const options = withPlugins ? ['--enable-alpha-plugins', '--enable-exec'] : []
  try {
    return readObjects(
      execFileSync('kustomize', ['build', directory, ...options], {
        stdio: 'pipe',
        env: { ...process.env, SOPS_AGE_KEY_FILE: keyFile },
      }),
    )
  } catch (error) {
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return null
    throw error
  }
}

function readObjects(output: Buffer): unknown {
  return parseAllDocuments(output.toString(), { schema: 'core' })
    .map((document) => document.toJS())
    .filter((object) => object?.apiVersion === 'v1' && /^(Secret|ConfigMap)$/.test(object.kind))
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { formatArchive, parseArchive } from '../test/fakes/archive.ts'

/**
 * Writes into each overlay of test/fixtures/kustomize/overlays what the `kustomize` on PATH makes of it: the v1
 * Secrets and ConfigMaps, or `null` where it fails.
 */
const folder = join(import.meta.dirname, '..', 'test', 'fixtures', 'kustomize', 'overlays')
for (const name of readdirSync(folder).filter((file) => file.endsWith('.txtar'))) {
  const path = join(folder, name)
  const archive = parseArchive(readFileSync(path, 'utf8'))
  const { 'expected.json': _former, ...files } = archive.files
  const expected = `${JSON.stringify(buildFiles(files, archive.comment), null, 1)}\n`
  writeFileSync(path, formatArchive({ ...archive, files: { ...files, 'expected.json': expected } }))
}

/** The first word of the comment is the directory to build. */
function buildFiles(files: Readonly<Record<string, string>>, comment: string): unknown {
  const root = mkdtempSync(join(tmpdir(), 'overlay-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return readObjects(
      execFileSync('kustomize', ['build', join(root, comment.split(' ')[0] ?? '')], { stdio: 'pipe' }),
    )
  } catch (error) {
    if (error instanceof Error && 'status' in error) return null
    throw error
  } finally {
    rmSync(root, { recursive: true })
  }
}

function readObjects(output: Buffer): unknown {
  return parseAllDocuments(output.toString(), { schema: 'core' })
    .map((document) => document.toJS())
    .filter((object) => object?.apiVersion === 'v1' && /^(Secret|ConfigMap)$/.test(object.kind))
}

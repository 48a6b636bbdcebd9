import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { isSyncError } from '../../../../lib/core/errors.ts'
import { printAll, sortObjects } from '../../../fakes/overlay.ts'
import { type RandomFiles, randomOverlay } from '../../../fakes/random-overlay.ts'

const run = promisify(execFile)
const count = Number(process.env['KUSTOMIZE_OVERLAYS'] ?? 40)
const seed = Number(process.env['KUSTOMIZE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** The command that builds; `null` where none is on PATH. */
function findKustomize(): readonly string[] | null {
  const known = [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ] as const
  return known.find(([program]) => isOnPath(program)) ?? null
}

function isOnPath(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

const kustomize = findKustomize()
if (kustomize === null) console.warn('skipped: neither kustomize nor kubectl is on PATH')

/** What the real tool prints; `null` where it fails. */
async function buildReal(files: RandomFiles): Promise<readonly object[] | null> {
  const root = mkdtempSync(join(tmpdir(), 'overlay-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    }
    const [program = '', ...args] = kustomize ?? []
    const { stdout } = await run(program, [...args, join(root, 'top')])
    return sortObjects(parseAllDocuments(stdout, { schema: 'core' }).map((document) => document.toJS()))
  } catch (error) {
    if (error instanceof Error && 'stderr' in error) return null
    throw error
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** What we print; the code where we refuse. */
function buildOwn(files: RandomFiles): readonly object[] | string {
  try {
    return printAll({ files }, 'top')
  } catch (error) {
    if (isSyncError(error)) return error.code
    throw error
  }
}

it.skipIf(kustomize === null)(
  `agrees with the kustomize on PATH about ${count} overlays of seed ${seed}`,
  async () => {
    let built = 0
    await fc.assert(
      fc.asyncProperty(randomOverlay, async (files) => {
        const real = await buildReal(files)
        const own = buildOwn(files)
        if (real === null) expect(own).toBeTypeOf('string')
        else expect(own).toEqual(real)
        built += real === null ? 0 : 1
      }),
      { numRuns: count, seed },
    )
    console.info(`seed ${seed}: ${built} of ${count} overlays build`)
  },
  60_000 + count * 1_000,
)

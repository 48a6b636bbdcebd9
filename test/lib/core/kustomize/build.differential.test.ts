import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { isSyncError, SyncError } from '../../../../lib/core/errors.ts'
import { type OverlayFiles, randomOverlay } from '../../../arbitraries/overlay/overlay.ts'
import { printAll, sortObjects } from '../../../fakes/overlay.ts'

const run = promisify(execFile)
/** As many as fit into a minute of a busy machine; all of them where the number is given. */
const count = Number(process.env['KUSTOMIZE_OVERLAYS'] ?? 300)
const isLong = process.env['KUSTOMIZE_OVERLAYS'] !== undefined
const timeLimit = isLong ? {} : { interruptAfterTimeLimit: 45_000 }
/** The same overlays each time; a long run takes others. */
const seed = Number(process.env['KUSTOMIZE_SEED'] ?? (isLong ? Math.floor(Math.random() * 2 ** 31) : 1))

/** The release that is followed: others build some overlays otherwise. */
const version = 'v5.8.2'
const hasKustomize = spawnSync('kustomize', ['version'], { encoding: 'utf8' }).stdout?.trim() === version
if (!hasKustomize) console.warn(`skipped: kustomize ${version} is not on PATH`)

/** What the real tool prints; `null` where it fails. */
async function buildReal(files: OverlayFiles): Promise<readonly object[] | null> {
  const root = mkdtempSync(join(tmpdir(), 'overlay-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    }
    const { stdout } = await run('kustomize', ['build', join(root, 'top')])
    const objects = parseAllDocuments(stdout, { schema: 'core' }).map((document) => document.toJS())
    return sortObjects(objects.filter(isPublished))
  } catch (error) {
    if (error instanceof Error && 'stderr' in error) return null
    throw error
  } finally {
    rmSync(root, { recursive: true })
  }
}

function isPublished(object: { apiVersion?: unknown; kind?: unknown } | null): boolean {
  return object?.apiVersion === 'v1' && (object.kind === 'Secret' || object.kind === 'ConfigMap')
}

/** What we print; the error where we refuse. */
function buildOwn(files: OverlayFiles): readonly object[] | SyncError {
  try {
    return printAll({ files }, 'top')
  } catch (error) {
    if (isSyncError(error)) return error
    throw error
  }
}

/** What kustomize builds and we refuse by name: a generator's merge would turn a map into the empty text. */
function isRefusedByName({ code, data }: SyncError): boolean {
  return code === 'KustomizeFieldUnsupported' || data['reason'] === 'value that is no text'
}

it.skipIf(!hasKustomize)(
  `agrees with kustomize ${version} about random overlays of seed ${seed}`,
  async () => {
    let compared = 0
    let built = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(randomOverlay, async (files) => {
        const real = await buildReal(files)
        const own = buildOwn(files)
        compared += 1
        if (isSyncError(own) && isRefusedByName(own)) refused += 1
        else if (real === null) expect(own).toBeInstanceOf(SyncError)
        else expect(own).toEqual(real)
        built += real === null ? 0 : 1
      }),
      { numRuns: count, seed, ...timeLimit },
    )
    console.info(`seed ${seed}: ${built} of ${compared} overlays build, ${refused} are refused by name`)
  },
  60_000 + count * 1_000,
)

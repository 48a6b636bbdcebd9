import { SyncError } from '../../core/errors.ts'
import type { Lacking, LoadedFile, LoadedFiles } from '../../core/files/loaded-file.ts'
import { SecretValue } from '../../core/secret-value.ts'
import { detectFormat } from '../../core/sops/detect.ts'
import { decryptFile } from './decrypt-file.ts'
import type { DataKeyUnwrapper } from './unwrap-data-key.ts'

/** Gives the content of every path that it is asked for. */
export type ReadFiles = (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>

/** Builds from what has been loaded so far, or names what it lacks. */
export type BuildFromFiles<Built> = (files: LoadedFiles) => Built | Lacking

export interface FileSource {
  readonly readFiles: ReadFiles
  readonly unwrap: DataKeyUnwrapper
}

/**
 * Builds, loads what the build lacks in one batch, decrypts it as it comes, and builds again until nothing is
 * lacking. Every encrypted file is decrypted whole, with its MAC checked, before the build sees it.
 * @throws {SyncError} as `build`, `readFiles` and `decryptFile`
 */
export async function loadBuild<Built extends { readonly status: 'built' }>(
  build: BuildFromFiles<Built>,
  source: FileSource,
): Promise<Built> {
  const files = new Map<string, LoadedFile>()
  for (;;) {
    const built = build(files)
    if (built.status === 'built') return built
    const paths = built.paths.filter((path) => !files.has(path))
    if (paths.length === 0) throw new SyncError('InternalError', { data: { lacking: built.paths } })
    for (const [path, file] of await loadFiles(paths, source)) files.set(path, file)
  }
}

async function loadFiles(
  paths: readonly string[],
  { readFiles, unwrap }: FileSource,
): Promise<readonly (readonly [string, LoadedFile])[]> {
  const contents = await readFiles([...new Set(paths)])
  return await Promise.all(
    [...contents].map(async ([path, bytes]) => [path, await openFile(path, bytes, unwrap)] as const),
  )
}

async function openFile(path: string, bytes: Uint8Array, unwrap: DataKeyUnwrapper): Promise<LoadedFile> {
  const encrypted = detectFormat(path, bytes) !== null
  const content = encrypted ? await decryptFile({ path, bytes }, unwrap) : bytes
  return { content: SecretValue.fromBytes(content), encrypted }
}

import { isSyncError, SyncError } from '../../core/errors.ts'
import { decryptSopsFile } from '../../core/sops/decrypt.ts'
import { detectFormat } from '../../core/sops/detect.ts'
import { type ExtractPath, formatExtracted } from '../../core/sops/extract.ts'
import { formats } from '../../core/sops/formats/index.ts'
import { parseSopsFile } from '../../core/sops/sops-file.ts'
import type { SopsFormat } from '../../core/sops/sops-format.ts'
import type { DecryptedTree } from '../../core/sops/tree.ts'
import type { DataKeyUnwrapper } from './unwrap-data-key.ts'

export interface EncryptedFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** By default the format is detected. */
  readonly inputFormat?: SopsFormat
  /** By default the input format. */
  readonly outputFormat?: SopsFormat
  /** Prints the value here instead of the file. */
  readonly extract?: ExtractPath
}

/**
 * The plain content of an encrypted file, to the byte what `sops -d` prints.
 * @throws {SyncError} SopsMetadataMissing where the file is not encrypted, SopsOutputUnsupported, SopsPathMissing, and as
 *   `parseSopsFile`, `decryptSopsFile` and `unwrap`; each names the file
 */
export async function decryptFile(file: EncryptedFile, unwrap: DataKeyUnwrapper): Promise<Uint8Array> {
  const inputFormat = file.inputFormat ?? detectFormat(file.path, file.bytes)
  if (!inputFormat) throw new SyncError('SopsMetadataMissing', { data: { file: file.path } })
  return await withFileName(file.path, async () => {
    const { branches } = await decryptTree({ bytes: file.bytes, format: inputFormat }, unwrap)
    const outputFormat = file.outputFormat ?? inputFormat
    if (file.extract) return formatExtracted(branches, file.extract, outputFormat)
    return formats[outputFormat].emit(branches)
  })
}

/**
 * The decrypted values of a file.
 * @throws {SyncError} as `parseSopsFile`, `decryptSopsFile` and `unwrap`
 */
export async function decryptTree(
  { bytes, format }: { readonly bytes: Uint8Array; readonly format: SopsFormat },
  unwrap: DataKeyUnwrapper,
): Promise<DecryptedTree> {
  const file = parseSopsFile(bytes, format)
  const { groups, shamirThreshold } = file.metadata
  return decryptSopsFile(file, await unwrap(groups, shamirThreshold))
}

async function withFileName<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (!isSyncError(thrown)) throw thrown
    throw new SyncError(thrown.code, { data: { file, ...thrown.data }, cause: thrown })
  }
}

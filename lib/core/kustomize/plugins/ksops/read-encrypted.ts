import { SyncError } from '../../../errors.ts'
import { decodeUtf8 } from '../../../utf8.ts'
import type { Loader, SourceFile } from '../../files/loader.ts'
import type { GeneratorPlace } from '../../generate/pairs.ts'

/** Reads a file that must be encrypted, from anywhere in the tree; `null` while it is lacking. */
export type EncryptedReader = (path: string, field: string) => SourceFile | null

/** Paths are relative to the kustomization that lists the generator, and may leave its directory. */
export function createEncryptedReader(loader: Loader, place: GeneratorPlace): EncryptedReader {
  return (path, field) => {
    const referrer = { file: place.file, field: `${place.field}.${field}` }
    const file = loader.loadAnywhere(place.root, path, referrer)
    if (file?.encrypted === false) throw new SyncError('SopsMetadataMissing', { data: { file: file.path } })
    return file
  }
}

/** @throws {SyncError} KustomizationInvalid for what is no text: KSOPS would replace the bytes that are none */
export function readEncryptedText(file: SourceFile): string {
  const text = decodeUtf8(file.bytes)
  if (text === null) {
    throw new SyncError('KustomizationInvalid', {
      data: { file: file.path, reason: 'text that is no UTF-8' },
    })
  }
  return text
}

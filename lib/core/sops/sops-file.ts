import { formats } from './formats/index.ts'
import { parseMetadata, type SopsMetadata } from './metadata/metadata.ts'
import type { SopsFormat } from './sops-format.ts'
import type { Branch } from './tree.ts'

/** An encrypted file: what SOPS says about it, and its values without that. */
export interface SopsFile {
  readonly format: SopsFormat
  readonly metadata: SopsMetadata
  readonly branches: readonly Branch[]
}

/**
 * Reads an encrypted file; nothing is decrypted yet.
 * @throws {SyncError} SopsMetadataMissing, SopsMetadataInvalid, SopsFileUnreadable
 */
export function parseSopsFile(bytes: Uint8Array, format: SopsFormat): SopsFile {
  const { branches, metadata } = formats[format].parse(bytes)
  return { format, metadata: parseMetadata(metadata), branches }
}

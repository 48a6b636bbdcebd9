import type { Branch, TreeMap, TreeNode } from './tree.ts'

/** The kinds of file that SOPS knows; each is a module in `formats/`. */
export type SopsFormat = (typeof sopsFormats)[number]

export const sopsFormats = ['yaml', 'json', 'dotenv', 'ini', 'binary'] as const

export function isSopsFormat(name: string): name is SopsFormat {
  return sopsFormats.some((format) => format === name)
}

/** A parsed file, its metadata taken out of the branches. */
export interface ParsedFile {
  readonly branches: readonly Branch[]
  readonly metadata: TreeMap
}

/** One file format, both ways. */
export interface Format {
  /** @throws {SyncError} SopsFileUnreadable, SopsMetadataMissing, SopsMetadataInvalid */
  parse(bytes: Uint8Array): ParsedFile
  /**
   * Exactly what `sops -d` prints for the branches.
   * @throws {SyncError} SopsOutputUnsupported
   */
  emit(branches: readonly Branch[]): Uint8Array
  /**
   * What `sops -d --extract` prints for one value that is neither string nor map.
   * @throws {SyncError} SopsOutputUnsupported
   */
  emitValue(value: TreeNode): Uint8Array
}

import type { SecretValue } from '../secret-value.ts'

/** The content of one file as the build sees it: decrypted where it was encrypted. */
export interface LoadedFile {
  readonly content: SecretValue
  /** Whether it was SOPS-encrypted; what comes out of such a file is tainted (design 5.5). */
  readonly encrypted: boolean
}

/** The files loaded so far, by path; the content of a symlink is its target. */
export type LoadedFiles = ReadonlyMap<string, LoadedFile>

/** Names the files that a build still lacks. The caller loads them in one batch and builds again. */
export interface Lacking {
  readonly status: 'lacking'
  readonly paths: readonly string[]
}

/** The bytes of a loaded file. The one way from a file's content into raw mode and the Kustomize build. */
export function readContent(file: LoadedFile): Uint8Array {
  return file.content.reveal()
}

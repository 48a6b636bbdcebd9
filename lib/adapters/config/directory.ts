import { basename, resolve } from 'node:path'
import type { ConfigSource } from '../../ports.ts'
import { createManifestFolder } from './directory/manifest-folder.ts'
import { createFileSource } from './files/file-source.ts'

export interface DirectoryOptions {
  readonly path: string
  /** First part of every config's id; the name of the folder where absent. */
  readonly name?: string
}

/** Configs and sources from a folder of manifests, as it is at the time of each call. */
export function createDirectorySource({
  path,
  name = basename(resolve(path)),
}: DirectoryOptions): ConfigSource {
  return createFileSource(name, createManifestFolder(resolve(path)))
}

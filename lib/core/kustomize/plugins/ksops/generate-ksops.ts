import type { Loader, SourceFile } from '../../files/loader.ts'
import { createFieldError } from '../../kustomization/decoder.ts'
import { parseResources } from '../../resource/parse-resources.ts'
import type { Resource } from '../../resource/resource.ts'
import type { Plugin } from '../plugin.ts'
import { decodeKsops } from './fields.ts'
import { assertKsopsFunction } from './function-spec.ts'
import { createEncryptedReader } from './read-encrypted.ts'
import { createSecret } from './secret-from.ts'

/**
 * What a KSOPS generator yields: the objects of its encrypted files, then the Secrets that it builds from others.
 * @see https://github.com/viaduct-ai/kustomize-sops/blob/v4.5.1/ksops.go
 * @throws {SyncError} KustomizationInvalid, KustomizeFieldUnsupported, ManifestInvalid, SopsMetadataMissing; what the
 * loader throws
 */
export function generateKsops(plugin: Plugin, loader: Loader): readonly Resource[] {
  assertKsopsFunction(plugin)
  const { place, config } = plugin
  const { files, secretFrom } = decodeKsops(config, { file: place.file, path: '' })
  if (files === undefined && secretFrom === undefined) {
    throw createFieldError({ file: place.file, path: place.field }, 'neither files nor secretFrom')
  }
  const read = createEncryptedReader(loader, place)
  return [
    ...(files ?? []).flatMap((path, at) => parseManifest(read(path, `files[${at}]`))),
    ...(secretFrom ?? []).map((entry, at) =>
      createSecret(entry, { place, field: `secretFrom[${at}]`, read }),
    ),
  ]
}

function parseManifest(file: SourceFile | null): readonly Resource[] {
  if (file === null) return []
  const { path, bytes, encrypted } = file
  return parseResources(bytes, { file: path, code: 'ManifestInvalid', dialect: 'v3', encrypted })
}

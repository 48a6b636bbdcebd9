import { SyncError } from '../../errors.ts'
import type { Loader, SourceFile } from '../files/loader.ts'
import { type BuiltObject, createBuiltObject } from '../output/built-object.ts'
import { flowNode } from '../resource/flow-node.ts'
import { isOwnKind } from '../resource/own-kind.ts'
import { getGvk, getName, type Resource } from '../resource/resource.ts'
import { assertUniqueIds, createResourceSet } from '../resource/resource-set.ts'
import { taintValues } from '../resource/taint.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeObject } from '../yaml/decode.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../yaml/json.ts'
import type { YamlSource } from '../yaml/source.ts'
import { listFiles } from './list-files.ts'
import type { DirectorySettings } from './overlay-settings.ts'
import { parsePathGlob } from './path-glob.ts'

/** A file with this text is left alone. */
const skipMarker = '+argocd:skip-file-rendering'

/**
 * The Secrets and ConfigMaps of a directory of manifests, as Argo CD reads it: no kustomization is looked at.
 * @see https://github.com/argoproj/argo-cd/blob/v3.1.0/reposerver/repository/repository.go (findManifests)
 * @throws {SyncError} ManifestInvalid, KustomizeConflict, KustomizeFieldUnsupported, PatternInvalid; what the loader
 * throws
 */
export function buildDirectory(
  loader: Loader,
  root: string,
  settings: DirectorySettings,
): readonly BuiltObject[] {
  const { recurse, include, exclude } = settings
  const isIncluded = include === '' ? () => true : parsePathGlob(include, root)
  const isExcluded = exclude === '' ? () => false : parsePathGlob(exclude, root)
  const paths = listFiles(loader, root, () => recurse)
    .filter((path) => /\.(yaml|yml|json|jsonnet)$/.test(path))
    .filter((path) => !isExcluded(path) && isIncluded(path))
  const resources = paths.flatMap((path) => readManifests(loader, root, path))
  assertUniqueIds(createResourceSet(resources))
  return resources
    .filter((resource) => isOwnKind(getGvk(resource)))
    .map((resource) =>
      createBuiltObject(resource, decodeObject(resource.root, resource.file), getName(resource)),
    )
}

function readManifests(loader: Loader, root: string, path: string): readonly Resource[] {
  const referrer = { file: path, field: 'directory' }
  if (path.endsWith('.jsonnet')) {
    throw new SyncError('KustomizeFieldUnsupported', {
      data: { ...referrer, reason: 'jsonnet; exclude the file' },
    })
  }
  const file = loader.loadAnywhere(root, path, referrer)
  if (file === null) return []
  const source = sourceOf(file)
  const text = decodeBytes(file.bytes, source)
  if (text.includes(skipMarker)) return []
  return splitManifests(text, path).flatMap((piece) => parseManifest(piece, source))
}

function splitManifests(text: string, path: string): readonly string[] {
  return path.endsWith('.json') ? [text] : text.split(/^---(?=\s|$).*$/m)
}

function sourceOf({ path, encrypted }: SourceFile): YamlSource {
  return { file: path, code: 'ManifestInvalid', dialect: 'v2', encrypted }
}

/** A file that is no manifest at all is left alone; one that looks like one must be one. */
function parseManifest(text: string, source: YamlSource): readonly Resource[] {
  const looksLikeManifest = /apiVersion:/.test(text) && /kind:/.test(text) && /metadata:/.test(text)
  if (!looksLikeManifest && !/"kind"/.test(text)) return []
  const root = composeDocument(text, source)
  const value = root === null ? null : decodeLegacy(root, source)
  return listObjects(value).map((object) => createResource(object, source))
}

/** The objects of a list are taken out of it. */
function listObjects(value: Json): readonly JsonMap[] {
  if (!isJsonMap(value)) return []
  const items = value.get('items')
  return isJsonList(items) ? items.flatMap(listObjects) : [value]
}

function createResource(object: JsonMap, { file, encrypted }: YamlSource): Resource {
  const root = flowNode(object)
  const resource: Resource | null = root.kind === 'mapping' ? { root, file, opaque: false } : null
  if (resource === null || getName(resource) === '' || getGvk(resource).kind === '') {
    throw new SyncError('ManifestInvalid', { data: { file, reason: 'object without kind or metadata.name' } })
  }
  if (encrypted) taintValues(resource.root)
  return resource
}

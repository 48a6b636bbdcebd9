import { SyncError } from '../../../errors.ts'
import { anything, type Decoded, flag, struct, text, texts } from '../../kustomization/decoder.ts'
import { getMetadataMap } from '../../resource/metadata.ts'
import { composeDocument } from '../../yaml/compose.ts'
import { decodeLegacy } from '../../yaml/decode-legacy.ts'
import { isJsonMap, type Json } from '../../yaml/json.ts'
import type { YamlSource } from '../../yaml/source.ts'
import type { Plugin } from '../plugin.ts'

const functionFields = {
  deferFailure: flag,
  container: anything,
  exec: struct({ path: text, args: texts, envs: texts }),
}

const decodeFunction = struct(functionFields)

/**
 * Refuses a plugin that would run anything but the KSOPS executable. Without a function kustomize looks for an
 * executable named after the kind, which is KSOPS again.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/fn/runtime/runtimeutil/functiontypes.go
 * @throws {SyncError} KustomizationInvalid, KustomizeFieldUnsupported
 */
export function assertKsopsFunction(plugin: Plugin): void {
  const spec = readFunction(plugin)
  if (spec === null) return
  if (spec.container !== undefined) throw refuse(plugin, 'container')
  const { path = '', args = [] } = spec.exec ?? {}
  if (path.slice(path.lastIndexOf('/') + 1) !== 'ksops') throw refuse(plugin, 'exec.path')
  // With an argument it would read its configuration from that file.
  if (args.length > 0) throw refuse(plugin, 'exec.args')
}

/** What the plugin is run by; `null` where it does not say. */
function readFunction(plugin: Plugin): Decoded<typeof functionFields> | null {
  const { resource, config, place } = plugin
  const annotations = getMetadataMap(resource.root, 'annotations')
  for (const name of ['config.kubernetes.io/function', 'config.k8s.io/function']) {
    const found = annotations.get(name)?.text ?? ''
    if (found !== '') return decodeFunction(parseAnnotation(found, plugin), { file: place.file, path: name })
  }
  const metadata = config.get('metadata')
  const configured = isJsonMap(metadata) ? (metadata.get('configFn') ?? null) : null
  if (configured !== null) return decodeFunction(configured, { file: place.file, path: 'metadata.configFn' })
  if ((annotations.get('config.kubernetes.io/container')?.text ?? '') !== '')
    throw refuse(plugin, 'container')
  return null
}

function parseAnnotation(text: string, { place }: Plugin): Json {
  const { file, encrypted } = place
  const source: YamlSource = { file, code: 'KustomizationInvalid', dialect: 'v2', encrypted }
  const root = composeDocument(text, source)
  return root === null ? new Map() : decodeLegacy(root, source)
}

function refuse({ place }: Plugin, part: string): SyncError {
  const { file, field } = place
  return new SyncError('KustomizeFieldUnsupported', { data: { file, field: part, plugin: field } })
}

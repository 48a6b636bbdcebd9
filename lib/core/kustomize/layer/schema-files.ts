import { SyncError } from '../../errors.ts'
import type { SourceFile } from '../files/loader.ts'
import { type FieldPlace, list, struct } from '../kustomization/decoder.ts'
import { type FieldSpec, fieldSpec, gvk } from '../kustomization/fields.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import type { YamlSource } from '../yaml/source.ts'
import type { Layer } from './builtin-transformers.ts'
import type { BuildContext } from './context.ts'

/**
 * Reads the files that tell kustomize about kinds of objects: `configurations`, `crds` and `openapi`. What they change
 * of other kinds is left out; what could change a Secret or ConfigMap is refused.
 * @throws {SyncError} KustomizeFieldUnsupported, KustomizationInvalid; what the loader throws
 */
export function readSchemaFiles(context: BuildContext, { place, kustomization }: Layer): void {
  const { loader, seen } = context
  const { file, configurations = [], crds = [], openapi = new Map() } = kustomization
  const load = (path: string, field: string) => loader.load(place.root, path, { file, field })
  for (const [at, path] of configurations.entries()) {
    const loaded = load(path, `configurations[${at}]`)
    if (loaded !== null) assertOtherKinds(loaded)
    seen.configurations = true
  }
  for (const [at, path] of crds.entries()) load(path, `crds[${at}]`)
  readOpenapi(openapi, { file, load: (path) => load(path, 'openapi.path'), seen })
}

const fieldSpecs = list(fieldSpec)

/** @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/plugins/builtinconfig/transformerconfig.go */
const transformerConfig = struct({
  namePrefix: fieldSpecs,
  nameSuffix: fieldSpecs,
  namespace: fieldSpecs,
  commonLabels: fieldSpecs,
  labels: fieldSpecs,
  templateLabels: fieldSpecs,
  volumeClaimTemplateLabels: fieldSpecs,
  commonAnnotations: fieldSpecs,
  nameReference: list(struct({ ...gvk, fieldSpecs })),
  varReference: fieldSpecs,
  images: fieldSpecs,
  replicas: fieldSpecs,
})

/** Every place must be one of a kind that is named and is none of ours. */
function assertOtherKinds(file: SourceFile): void {
  const place: FieldPlace = { file: file.path, path: '' }
  const { nameReference = [], ...rest } = transformerConfig(readFile(file), place)
  const referrers = nameReference.map(({ fieldSpecs: specs = [] }) => ['nameReference', specs] as const)
  for (const [field, specs] of [...Object.entries(rest), ...referrers]) {
    if ((specs ?? []).every(isOfOtherKind)) continue
    throw new SyncError('KustomizeFieldUnsupported', {
      data: { file: file.path, field, reason: 'name in each entry a kind other than Secret and ConfigMap' },
    })
  }
}

function isOfOtherKind({ kind = '' }: FieldSpec): boolean {
  return kind !== '' && kind !== 'Secret' && kind !== 'ConfigMap'
}

/** The only release of Kubernetes whose kinds kustomize brings along. */
const builtinVersion = 'v1.21.2'

function readOpenapi(
  openapi: ReadonlyMap<string, string>,
  { file, load, seen }: { file: string; load(path: string): SourceFile | null; seen: BuildContext['seen'] },
): void {
  const { path, version } = Object.fromEntries(openapi)
  if (path !== undefined && version !== undefined)
    throw invalid(file, 'one of openapi.path and openapi.version')
  if (version !== undefined && version !== '' && version !== builtinVersion) {
    throw invalid(file, `openapi.version other than ${builtinVersion}`)
  }
  if (path === undefined) return
  seen.customSchema = true
  const loaded = load(path)
  if (loaded !== null && describesOwnKind(readFile(loaded))) {
    throw new SyncError('KustomizeFieldUnsupported', {
      data: {
        file,
        field: 'openapi',
        reason: 'schema of v1 Secret or ConfigMap; leave it out of the schema',
      },
    })
  }
}

function describesOwnKind(schema: Json): boolean {
  const definitions = isJsonMap(schema) ? schema.get('definitions') : undefined
  if (!isJsonMap(definitions)) return false
  return [...definitions.values()].some((definition) => {
    const kinds = isJsonMap(definition) ? definition.get('x-kubernetes-group-version-kind') : undefined
    return isJsonList(kinds) && kinds.some(isOwnGvk)
  })
}

function isOwnGvk(value: Json): boolean {
  if (!isJsonMap(value)) return false
  const [group, version, kind] = ['group', 'version', 'kind'].map((part) => value.get(part) ?? '')
  return group === '' && version === 'v1' && (kind === 'Secret' || kind === 'ConfigMap')
}

function readFile({ path, bytes, encrypted }: SourceFile): Json {
  const source: YamlSource = { file: path, code: 'KustomizationInvalid', dialect: 'v2', encrypted }
  const root = composeDocument(decodeBytes(bytes, source), source)
  return root === null ? new Map() : decodeLegacy(root, source)
}

function invalid(file: string, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file, field: 'openapi', reason } })
}

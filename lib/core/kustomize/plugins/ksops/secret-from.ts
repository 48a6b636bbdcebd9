import { type GeneratorPlace, parseFileSource } from '../../generate/pairs.ts'
import { createFieldError } from '../../kustomization/decoder.ts'
import type { Resource } from '../../resource/resource.ts'
import { taintValues } from '../../resource/taint.ts'
import { assertPublicAnnotations } from '../../transform/metadata-maps.ts'
import { encodeJson } from '../../yaml/encode.ts'
import type { Json } from '../../yaml/json.ts'
import type { SecretFrom } from './fields.ts'
import { parseGodotenv } from './godotenv.ts'
import { type EncryptedReader, readEncryptedText } from './read-encrypted.ts'

export interface SecretFromPlace {
  readonly place: GeneratorPlace
  /** The entry within its plugin, such as `secretFrom[0]`. */
  readonly field: string
  readonly read: EncryptedReader
}

/**
 * The Secret of one `secretFrom`: texts go to `stringData`, binary files to `data`. Of equal keys the last one wins,
 * and any variable over any file.
 * @throws {SyncError} KustomizationInvalid and what `read` throws
 */
export function createSecret(entry: SecretFrom, at: SecretFromPlace): Resource {
  const { file } = at.place
  const stringData = new Map([...readFiles(entry.files, at, 'files'), ...readVariables(entry.envs, at)])
  const data = new Map(readFiles(entry.binaryFiles, at, 'binaryFiles'))
  const root = encodeJson(
    new Map<string, Json>([
      ['apiVersion', 'v1'],
      ['kind', 'Secret'],
      ['metadata', createMetadata(entry, at)],
      ...present('type', entry.type ?? ''),
      ...present('stringData', stringData),
      ...present('data', data),
    ]),
  )
  taintValues(root)
  return { root, file, opaque: false }
}

function createMetadata({ metadata = {} }: SecretFrom, { place, field }: SecretFromPlace): Json {
  const { name = '', namespace = '', labels = new Map(), annotations = new Map() } = metadata
  const { file } = place
  if (name === '') throw createFieldError({ file, path: `${field}.metadata.name` }, 'name is missing')
  assertPublicAnnotations(annotations, { file, field: `${field}.metadata.annotations` })
  return new Map<string, Json>([
    ['name', name],
    ...present('namespace', namespace),
    ...present('labels', labels),
    ...present('annotations', annotations),
  ])
}

/** What Go leaves out is left out: empty texts and maps. */
function present(name: string, value: string | ReadonlyMap<string, string>): readonly [string, Json][] {
  const isEmpty = typeof value === 'string' ? value === '' : value.size === 0
  return isEmpty ? [] : [[name, value]]
}

function readFiles(
  sources: readonly string[] = [],
  { place, field, read }: SecretFromPlace,
  kind: 'files' | 'binaryFiles',
): readonly (readonly [string, string])[] {
  return sources.flatMap((source) => {
    const { key, path } = parseFileSource(source, { file: place.file, field: `${place.field}.${field}` })
    const file = read(path, `${field}.${kind}`)
    if (file === null) return []
    const isText = kind === 'files'
    return [[key, isText ? readEncryptedText(file) : Buffer.from(file.bytes).toString('base64')] as const]
  })
}

function readVariables(
  paths: readonly string[] = [],
  { field, read }: SecretFromPlace,
): readonly (readonly [string, string])[] {
  return paths.flatMap((path) => {
    const file = read(path, `${field}.envs`)
    return file === null ? [] : [...parseGodotenv(readEncryptedText(file), file.path)]
  })
}

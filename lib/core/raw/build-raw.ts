import type { Config } from '../config/config.ts'
import { SyncError } from '../errors.ts'
import { type Lacking, type LoadedFiles, readContent } from '../files/loaded-file.ts'
import type { Tree } from '../files/tree.ts'
import type { ParameterEntry } from '../parameters/parameter-entry.ts'
import type { Origin } from '../secrets/desired.ts'
import { createJsonPayload, type KeyedValue } from '../secrets/json-payload.ts'
import { listEntries } from '../secrets/list-entries.ts'
import type { DisabledEntry, SecretEntry } from '../secrets/secret-entry.ts'
import { decodeUtf8 } from '../utf8.ts'
import { findRawFiles, type RawService } from './find-raw-files.ts'
import { flattenYaml } from './flatten-yaml.ts'
import { parseKeyValueLines } from './key-value-lines.ts'
import { parseProperties } from './properties.ts'

/** What raw mode yields: the entries of every service, and every path that was read or looked for. */
export interface BuiltRaw {
  readonly status: 'built'
  readonly entries: readonly SecretEntry[]
  readonly parameters: readonly ParameterEntry[]
  readonly disabled: readonly DisabledEntry[]
  readonly paths: readonly string[]
}

/** What stands for the name of a Kubernetes Secret. */
const secretsObject = 'secrets'
const propertiesObject = 'properties'

/**
 * Reads the files of raw mode. Of one key in both, `application.secrets.yaml` goes before `application.secrets.env`;
 * `application.properties` is a parameter for each key where the config has parameters, and else one JSON secret in
 * either layout, called like a key `properties`.
 * @throws {SyncError} RawFileInvalid, PathNotFound, ConfigInvalid, and as `listEntries`
 */
export function buildRaw(
  tree: Tree,
  config: Pick<Config, 'secrets' | 'parameters'>,
  files: LoadedFiles,
): BuiltRaw | Lacking {
  const { services, paths } = findRawFiles(tree, config)
  const lacking = services
    .flatMap(({ env, yaml, properties }) => [env, yaml, properties])
    .filter((path) => path !== undefined)
    .filter((path) => !files.has(path))
  if (lacking.length > 0) return { status: 'lacking', paths: lacking }
  const read = services.map((service) => readService(service, files, config))
  return {
    status: 'built',
    entries: read.flatMap(({ entries }) => entries),
    parameters: read.flatMap(({ parameters }) => parameters),
    disabled: read.flatMap(({ disabled }) => disabled),
    paths,
  }
}

function readService(
  service: RawService,
  files: LoadedFiles,
  config: Pick<Config, 'secrets' | 'parameters'>,
): Pick<BuiltRaw, 'entries' | 'parameters' | 'disabled'> {
  const { secrets: spec } = config
  const { prefix, env = '', yaml = '', properties = '' } = service
  const lines = parseKeyValueLines(readText(files, env), env)
  const scalars = yaml === '' ? new Map<string, string>() : flattenYaml(readText(files, yaml), yaml)
  const values = [
    ...listValues(
      [...lines.values].filter(([key]) => !scalars.has(key)),
      env,
    ),
    ...listValues(scalars, yaml),
  ]
  const origin: Origin = { kind: 'file', name: yaml || env }
  const listed = listValues(parseProperties(readText(files, properties), properties), properties)
  const tainted = files.get(properties)?.encrypted ?? false
  return {
    entries: [
      ...listEntries({ prefix, object: secretsObject, origin, values }, spec),
      ...(config.parameters ? [] : listProperties(prefix, listed)),
    ],
    parameters: config.parameters ? listed.map((value) => ({ ...value, prefix, tainted })) : [],
    disabled: lines.disabled
      .filter((key) => !scalars.has(key))
      .map((key) => ({ prefix, object: secretsObject, ...(spec.layout === 'secret' ? {} : { key }) })),
  }
}

function listValues(values: Iterable<readonly [string, string]>, file: string): KeyedValue[] {
  return [...values].map(([key, value]) => {
    return { key, bytes: Buffer.from(value), origin: { kind: 'file', name: file, key } }
  })
}

function listProperties(prefix: string, values: readonly KeyedValue[]): SecretEntry[] {
  const [first] = values
  if (!first) return []
  const key = propertiesObject
  const origin: Origin = { ...first.origin, key }
  return [{ prefix, object: propertiesObject, key, origin, payload: createJsonPayload(values, origin) }]
}

/** `''` where there is no such file. */
function readText(files: LoadedFiles, path: string): string {
  const file = path === '' ? undefined : files.get(path)
  if (!file) return ''
  const text = decodeUtf8(readContent(file))
  if (text === null) throw new SyncError('RawFileInvalid', { data: { file: path, problem: 'is no UTF-8' } })
  return text.replace(/^\uFEFF/, '')
}

import type { Config } from '../config/config.ts'
import { SyncError } from '../errors.ts'
import { type Lacking, type LoadedFiles, readContent } from '../files/loaded-file.ts'
import type { Tree } from '../files/tree.ts'
import { createPayload } from '../secrets/payload.ts'
import type { DisabledEntry, SecretEntry } from '../secrets/secret-entry.ts'
import { decodeUtf8 } from '../utf8.ts'
import { findRawFiles, type RawService } from './find-raw-files.ts'
import { flattenYaml } from './flatten-yaml.ts'
import { parseKeyValueLines } from './key-value-lines.ts'

/** What raw mode yields: the entries of every service, and every path that was read or looked for. */
export interface BuiltRaw {
  readonly status: 'built'
  readonly entries: readonly SecretEntry[]
  readonly disabled: readonly DisabledEntry[]
  readonly paths: readonly string[]
}

/**
 * Reads the files of raw mode. Of one key in both, `application.secrets.yaml` goes before `application.secrets.env`;
 * `application.properties` is one JSON secret, called like a key `properties`.
 * @throws {SyncError} RawFileInvalid, PathNotFound, ConfigInvalid, SecretEmpty, SecretTooLarge, CiphertextLeftOver
 */
export function buildRaw(
  tree: Tree,
  config: Pick<Config, 'secrets'>,
  files: LoadedFiles,
): BuiltRaw | Lacking {
  const { services, paths } = findRawFiles(tree, config)
  const lacking = services
    .flatMap(({ env, yaml, properties }) => [env, yaml, properties])
    .filter((path) => path !== undefined)
    .filter((path) => !files.has(path))
  if (lacking.length > 0) return { status: 'lacking', paths: lacking }
  const read = services.map((service) => readService(service, files))
  return {
    status: 'built',
    entries: read.flatMap(({ entries }) => entries),
    disabled: read.flatMap(({ disabled }) => disabled),
    paths,
  }
}

function readService(service: RawService, files: LoadedFiles): Pick<BuiltRaw, 'entries' | 'disabled'> {
  const { prefix, env, yaml, properties } = service
  const lines = parseKeyValueLines(readText(files, env), env ?? '')
  const values = yaml === undefined ? new Map<string, string>() : flattenYaml(readText(files, yaml), yaml)
  const entry = (key: string, value: string, file: string): SecretEntry => {
    const origin = { kind: 'file', name: file, key } as const
    return { prefix, key, origin, payload: createPayload(Buffer.from(value), origin) }
  }
  const fromEnv = [...lines.values].filter(([key]) => !values.has(key))
  const json = formatJson(parseKeyValueLines(readText(files, properties), properties ?? '').values)
  return {
    entries: [
      ...fromEnv.map(([key, value]) => entry(key, value, env ?? '')),
      ...[...values].map(([key, value]) => entry(key, value, yaml ?? '')),
      ...(json === null ? [] : [entry('properties', json, properties ?? '')]),
    ],
    disabled: lines.disabled.filter((key) => !values.has(key)).map((key) => ({ prefix, key })),
  }
}

/** `''` where there is no such file. */
function readText(files: LoadedFiles, path: string | undefined): string {
  const file = path === undefined ? undefined : files.get(path)
  if (path === undefined || !file) return ''
  const text = decodeUtf8(readContent(file))
  if (text === null) throw new SyncError('RawFileInvalid', { data: { file: path, problem: 'is no UTF-8' } })
  return text.replace(/^\uFEFF/, '')
}

/** One JSON object with its keys in byte order, so that equal properties are equal text; `null` without any. */
function formatJson(values: ReadonlyMap<string, string>): string | null {
  if (values.size === 0) return null
  const members = [...values]
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${members.join(',')}}`
}

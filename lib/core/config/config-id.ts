import { createHash } from 'node:crypto'
import { SyncError } from '../errors.ts'
import type { ConfigId } from './config.ts'

/** The three parts of a config's id. */
export interface ConfigIdParts {
  readonly source: string
  readonly namespace: string
  readonly name: string
}

/** `<source>/<namespace>/<name>`. */
export function formatConfigId({ source, namespace, name }: ConfigIdParts): ConfigId {
  return `${source}/${namespace}/${name}`
}

/**
 * The parts of a whole id.
 * @throws {SyncError} ConfigNotFound where the text is no whole id
 */
export function parseConfigId(id: ConfigId): ConfigIdParts {
  const [source, namespace, name, ...rest] = id.split('/')
  if (!source || !namespace || !name || rest.length > 0) {
    throw new SyncError('ConfigNotFound', { data: { id } })
  }
  return { source, namespace, name }
}

/** Whether `text` is a whole id and no shorter form of one. */
export function isWholeConfigId(text: string): boolean {
  return text.split('/').length === 3
}

/** Whose config it is, `<source>/<namespace>`: what it is granted is granted to all of that tenant. */
export function formatTenant(id: ConfigId): string {
  const { source, namespace } = parseConfigId(id)
  return `${source}/${namespace}`
}

/**
 * The one id among `ids` that `text` names: the whole id, `<namespace>/<name>` or `<name>`.
 * @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous
 */
export function matchConfigId(text: string, ids: readonly ConfigId[]): ConfigId {
  const matches = ids.filter((id) => id === text || id.endsWith(`/${text}`))
  const [first, ...others] = [...new Set(matches)].sort()
  if (first === undefined || text === '') throw new SyncError('ConfigNotFound', { data: { id: text } })
  if (others.length > 0) {
    throw new SyncError('ConfigIdAmbiguous', { data: { id: text, matches: [first, ...others] } })
  }
  return first
}

/**
 * The id itself where it has at most `maximumLength` characters, else its SHA-256 as 43 characters of base64url. The
 * two never meet: a hash has no slash.
 */
export function fitConfigId(id: ConfigId, maximumLength: number): string {
  return id.length <= maximumLength ? id : createHash('sha256').update(id).digest('base64url')
}

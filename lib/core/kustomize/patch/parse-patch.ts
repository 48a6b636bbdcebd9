import { isSyncError, type SyncError } from '../../errors.ts'
import type { Budget } from '../budget.ts'
import { parseResourceText } from '../resource/parse-resources.ts'
import type { Resource } from '../resource/resource.ts'
import type { YamlSource } from '../yaml/source.ts'
import { type JsonPatch, parseJsonPatch } from './json-patch.ts'

export type ParsedPatch =
  | { readonly form: 'merge'; readonly patches: readonly Resource[] }
  | { readonly form: 'json'; readonly patch: JsonPatch }

/**
 * Finds out what a patch is by trying both: objects make a strategic merge, a list of operations JSON6902.
 * @throws {SyncError} KustomizePatchFailed for what is neither
 */
export function parsePatch(
  text: string,
  file: { path: string; encrypted: boolean; budget?: Budget },
): ParsedPatch {
  const source: YamlSource = {
    file: file.path,
    code: 'KustomizePatchFailed',
    dialect: 'v3',
    encrypted: file.encrypted,
    ...(file.budget && { budget: file.budget }),
  }
  const merge = attempt(() => parseResourceText(text, source))
  if (merge.done) return { form: 'merge', patches: merge.value }
  const json = attempt(() => parseJsonPatch(text, source))
  if (json.done) return { form: 'json', patch: json.value }
  // The reason why it is no list of operations says nothing to who wrote objects, and the other way round.
  throw looksLikeList(text) ? json.error : merge.error
}

function looksLikeList(text: string): boolean {
  return /^\s*[[-]/.test(text)
}

type Attempt<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly error: SyncError }

function attempt<T>(parse: () => T): Attempt<T> {
  try {
    return { done: true, value: parse() }
  } catch (error) {
    if (isSyncError(error, 'KustomizePatchFailed')) return { done: false, error }
    throw error
  }
}

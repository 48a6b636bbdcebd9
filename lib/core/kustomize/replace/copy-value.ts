import { isSyncError } from '../../errors.ts'
import { createDepthError, depthLimit } from '../budget.ts'
import type { Resource } from '../resource/resource.ts'
import { isTainted } from '../resource/taint.ts'
import type { Mapping, Node, Scalar } from '../yaml/node.ts'
import { createPathError, splitFieldPath } from './field-path.ts'
import { lookupField } from './lookup-field.ts'
import { type Match, matchPath } from './match-path.ts'
import { setValue, type ValueUse } from './set-value.ts'
import { formatStructuredText, parseStructuredText } from './structured-text.ts'

/** A value on its way to the fields of a target. */
export interface ValueCopy extends ValueUse {
  readonly value: Node
}

/**
 * Copies a value to every place in a resource that a field path leads to. A path that goes on below a text edits the
 * JSON or YAML in it.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/replacement/replacement.go (copyValueToTarget)
 * @throws {SyncError} KustomizeReplacementFailed, KustomizeFieldUnsupported, PatternInvalid, ManifestInvalid
 */
export function copyValue(target: Resource, fieldPath: string, copy: ValueCopy): void {
  const path = splitFieldPath(fieldPath)
  const { file, options, value } = copy
  if (path.length > depthLimit) throw createDepthError(file)
  const match: Match = { file, ...(options.create === true && { create: value.kind }) }
  if (attempt(() => setInText(target.root, path, { ...copy, match }))) return
  const replaceRoot = (node: Node) => {
    if (node.kind === 'mapping') target.root = node
  }
  const slots = matchPath({ node: target.root, replace: replaceRoot }, path, match)
  if (slots.length === 0) throw createPathError(file, `no field ${fieldPath} in the target`)
  for (const slot of slots) setValue(slot, value, copy)
}

/** What fails inside a text is tried again as a plain path, as kustomize does. */
function attempt(step: () => void): boolean {
  try {
    step()
    return true
  } catch (error) {
    if (isSyncError(error, 'KustomizeReplacementFailed') || isSyncError(error, 'ManifestInvalid'))
      return false
    throw error
  }
}

/** A text takes its tree while it is changed, many times its length. */
const textFactor = 8

function setInText(root: Mapping, path: readonly string[], copy: ValueCopy & { match: Match }): void {
  const { value, file, match, budget } = copy
  const found = findText(root, path, file)
  if (found === null) throw createPathError(file, 'no text on the way')
  const { scalar, rest } = found
  budget.spend(scalar.value.length * textFactor, file)
  const holder = { root: parseStructuredText(scalar, file) }
  const replace = (node: Node) => {
    holder.root = node
  }
  const slots = matchPath({ node: holder.root, replace }, rest, match)
  if (slots.length === 0) throw createPathError(file, 'no such field in the text')
  for (const slot of slots) setValue(slot, value, copy)
  scalar.value = formatStructuredText(holder.root, scalar.value, file)
  scalar.tainted ||= isTainted(value)
}

/** The first text on the way that can be read as YAML, and the path below it. */
function findText(
  root: Mapping,
  path: readonly string[],
  file: string,
): { scalar: Scalar; rest: readonly string[] } | null {
  for (let length = 1; length < path.length; length += 1) {
    const found: { node?: Node | undefined } = {}
    const isFound = attempt(() => {
      found.node = lookupField(root, path.slice(0, length), file)
      if (found.node?.kind === 'scalar') parseStructuredText(found.node, file)
    })
    if (isFound && found.node?.kind === 'scalar') return { scalar: found.node, rest: path.slice(length) }
  }
  return null
}

import type { Budget } from '../budget.ts'
import type { FieldOptions } from '../kustomization/fields.ts'
import { isTainted } from '../resource/taint.ts'
import { copyNode, measureNode, type Node } from '../yaml/node.ts'
import { createPathError } from './field-path.ts'
import type { Slot } from './match-path.ts'

/**
 * The piece of a source that the options choose; without a delimiter the source itself.
 * @throws {SyncError} KustomizeReplacementFailed
 */
export function refineSource(node: Node, options: FieldOptions, file: string): Node {
  const { delimiter = '', index = 0 } = options
  if (delimiter === '') return node
  if (node.kind !== 'scalar') throw createPathError(file, 'delimiter for a source that is no text')
  const piece = index < 0 ? undefined : node.value.split(delimiter)[index]
  if (piece === undefined) throw createPathError(file, 'index of the source is out of bounds')
  return { ...node, value: piece }
}

/** How a value is used, and who pays for the copy. */
export interface ValueUse {
  readonly options: FieldOptions
  /** The file with the replacement, for errors. */
  readonly file: string
  readonly budget: Budget
}

/**
 * Puts a value at a place. A text that stands there takes over the text of the value and nothing else, so that it
 * stays quoted, or a number; with a delimiter only the piece at the index.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/replacement/replacement.go (setFieldValue)
 * @throws {SyncError} KustomizeReplacementFailed
 */
export function setValue(slot: Slot, value: Node, { options, file, budget }: ValueUse): void {
  const { delimiter = '', index = 0 } = options
  const { node } = slot
  const text = value.kind === 'scalar' ? value.value : ''
  budget.spend(measureNode(value) + (node.kind === 'scalar' ? node.value.length : 0), file)
  if (node.kind === 'scalar') {
    node.value =
      delimiter === '' ? text : setPiece(node.value.split(delimiter), { index, text }).join(delimiter)
    node.tainted = isTainted(value) || (delimiter !== '' && node.tainted)
    return
  }
  if (delimiter !== '') throw createPathError(file, 'delimiter for a target that is no text')
  slot.replace(copyNode(value))
}

/** A negative index puts the text before all pieces, one beyond the end after them. */
function setPiece(
  pieces: readonly string[],
  { index, text }: { index: number; text: string },
): readonly string[] {
  if (index < 0) return [text, ...pieces]
  return index >= pieces.length ? [...pieces, text] : pieces.with(index, text)
}

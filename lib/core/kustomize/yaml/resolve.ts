import { type PlainValue, resolvePlain as resolve } from '../../yaml/resolve.ts'
import { type Scalar, tags } from './node.ts'

const tagsByType = {
  null: tags.null,
  bool: tags.bool,
  int: tags.int,
  float: tags.float,
  time: tags.timestamp,
  str: tags.string,
} as const

/** What an unquoted scalar stands for; a timestamp is already the text that Go prints for it. */
export interface Resolved {
  readonly tag: (typeof tagsByType)[PlainValue['type']]
  readonly value: null | boolean | bigint | number | string
}

/** Resolves unquoted text by the rules of go-yaml v3, which resources and strategic-merge patches follow. */
export function resolvePlain(text: string): Resolved {
  const found = resolve(text)
  const tag = tagsByType[found.type]
  if (found.type === 'null') return { tag, value: null }
  return { tag, value: 'text' in found ? found.text : found.value }
}

/** The tag of unquoted text. */
export function resolveTag(text: string): Scalar['tag'] {
  return tagsByType[resolve(text).type]
}

import type { RuleMatcher } from './rules.ts'

/** Where in a branch the walk is. List indexes show in key paths only: SOPS does not authenticate them. */
export interface Position {
  readonly parent: Position | null
  readonly name: string | number
  /** Every key from the root, each followed by a colon; empty at the root. */
  readonly keys: string
  /** Whether the rule matches one of these keys. */
  readonly matched: boolean
}

export const rootPosition: Position = { parent: null, name: '', keys: '', matched: false }

/** The position of the value of `key`. */
export function enterKey(parent: Position, key: string, rule: RuleMatcher): Position {
  return {
    parent,
    name: key,
    keys: `${parent.keys}${key}:`,
    matched: parent.matched || (rule.looksAt === 'keys' && rule.matches(key)),
  }
}

/** The position of the item with this index, counted without comments. */
export function enterItem(parent: Position, index: number): Position {
  return { parent, name: index, keys: parent.keys, matched: parent.matched }
}

/** What ties a value to its place: AES-GCM's additional data. */
export function additionalDataOf(position: Position): string {
  return position.keys === '' ? ':' : position.keys
}

/** The position for people: `spec.users[0].password`. */
export function formatKeyPath(position: Position): string {
  if (position.parent === null) return ''
  const parent = formatKeyPath(position.parent)
  if (typeof position.name === 'number') return `${parent}[${position.name}]`
  return parent === '' ? position.name : `${parent}.${position.name}`
}

/**
 * The tree of a YAML document as kustomize edits it: text, tag and style are kept apart and only resolved at the end,
 * because a patched value takes over the quotes of the value that it replaces. Trees are mutable and belong to one
 * build; a node is never shared by two parents.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/yaml.go (type Node)
 */
export type Node = Scalar | Mapping | Sequence

export type ScalarStyle = 'plain' | 'double' | 'single' | 'literal' | 'folded'

export interface Scalar {
  readonly kind: 'scalar'
  /** Short form (`!!str`), resolved when it was parsed; `''` where it is to be resolved from the text. */
  tag: string
  value: string
  style: ScalarStyle
  /** Whether the tag was written out, so that it is written out again. */
  tagged: boolean
  /** Whether the text came from an encrypted file. */
  tainted: boolean
}

export interface Entry {
  key: Scalar
  value: Node
}

export interface Mapping {
  readonly kind: 'mapping'
  flow: boolean
  entries: Entry[]
}

export interface Sequence {
  readonly kind: 'sequence'
  flow: boolean
  items: Node[]
}

export const tags = {
  null: '!!null',
  bool: '!!bool',
  string: '!!str',
  int: '!!int',
  float: '!!float',
  timestamp: '!!timestamp',
  binary: '!!binary',
  merge: '!!merge',
} as const

/** A scalar without quotes; `tag` defaults to "to be resolved". */
export function createScalar(value: string, rest: Partial<Omit<Scalar, 'kind' | 'value'>> = {}): Scalar {
  return { kind: 'scalar', tag: '', value, style: 'plain', tagged: false, tainted: false, ...rest }
}

export function createMapping(entries: Entry[] = []): Mapping {
  return { kind: 'mapping', flow: false, entries }
}

export function createSequence(items: Node[] = []): Sequence {
  return { kind: 'sequence', flow: false, items }
}

/** A deep copy. */
export function copyNode<T extends Node>(node: T): T
export function copyNode(node: Node): Node {
  switch (node.kind) {
    case 'scalar':
      return { ...node }
    case 'mapping':
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({ key: { ...key }, value: copyNode(value) })),
      }
    case 'sequence':
      return { ...node, items: node.items.map((item) => copyNode(item)) }
  }
}

/** Whether the node is absent or tagged null. */
export function isNullish(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.tag === tags.null)
}

/** Whether the node is absent, null, `{}` or `[]`: what kustomize calls empty. */
export function isEmpty(node: Node | undefined): boolean {
  if (node === undefined || isNullish(node)) return true
  if (node.kind === 'mapping') return node.entries.length === 0
  return node.kind === 'sequence' && node.items.length === 0
}

/** What a scalar, map or list takes besides its text, measured roughly. */
export const nodeBytes = 96

/** What a tree takes in memory, roughly. */
export function measureNode(node: Node): number {
  switch (node.kind) {
    case 'scalar':
      return nodeBytes + node.value.length
    case 'mapping':
      return node.entries.reduce(
        (sum, { key, value }) => sum + measureNode(key) + measureNode(value),
        nodeBytes,
      )
    case 'sequence':
      return node.items.reduce((sum, item) => sum + measureNode(item), nodeBytes)
  }
}

/** Comments of a node, each with its marks; empty where there is none. */
export interface NodeComments {
  head: string
  line: string
  foot: string
}

interface NodeBase {
  readonly comments: NodeComments
  /** From 0. */
  readonly line: number
}

export interface ScalarNode extends NodeBase {
  readonly type: 'scalar'
  readonly value: string
  /** Short form, as `!!int`; empty where none is given. */
  readonly tag: string
  /** Whether it is neither quoted nor a block. */
  readonly isPlain: boolean
}

export interface MapNode extends NodeBase {
  readonly type: 'map'
  readonly pairs: SyntaxPair[]
}

export interface SyntaxPair {
  readonly key: SyntaxNode
  readonly value: SyntaxNode
}

export interface ListNode extends NodeBase {
  readonly type: 'list'
  readonly items: SyntaxNode[]
}

export interface AliasNode extends NodeBase {
  readonly type: 'alias'
  readonly target: SyntaxNode
}

/** A node as it stands in the text: aliases not expanded, scalars not resolved. */
export type SyntaxNode = ScalarNode | MapNode | ListNode | AliasNode

export interface SyntaxDocument {
  readonly root: SyntaxNode
  readonly head: string
  readonly foot: string
}

/**
 * What a SOPS file holds: pairs in file order, so never a JavaScript object, which reorders integer-like keys,
 * collapses duplicates and gives `__proto__` a meaning. The order is part of the MAC.
 */
export interface TreeMap {
  readonly type: 'map'
  readonly items: readonly (Pair | Comment)[]
}

export interface TreeList {
  readonly type: 'list'
  readonly items: readonly TreeNode[]
}

export interface Pair {
  readonly type: 'pair'
  readonly key: string
  readonly value: TreeNode
}

/** The text after the `#`. An inline comment stood on the line of the item that follows it in the tree. */
export interface Comment {
  readonly type: 'comment'
  readonly text: string
  readonly inline?: boolean
  /** Where the text is no UTF-8, its bytes; `text` then has U+FFFD in their place. */
  readonly bytes?: Uint8Array
}

/** A value without children. The names are those that SOPS writes as `type:`, and `null` besides. */
export type Scalar =
  | { readonly type: 'str'; readonly text: string }
  /** A string whose bytes are no UTF-8 text, as binary files have. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  /** RFC 3339 in the canonical form of `parseTimestamp`. */
  | { readonly type: 'time'; readonly text: string }
  | { readonly type: 'null' }

/** What parses but is refused by every walk: a key that is no string, an integer beyond 64 bits. */
export interface Unsupported {
  readonly type: 'unsupported'
  readonly found: 'key' | 'uint64'
}

export type TreeNode = TreeMap | TreeList | Scalar | Comment | Unsupported

/** One document; formats other than YAML always have exactly one. */
export type Branch = TreeMap

/** The branches of a file, decrypted and verified. */
export interface DecryptedTree {
  readonly branches: readonly Branch[]
}

/** The string that `bytes` spell: text where they are UTF-8, else the bytes themselves. */
export function createString(bytes: Uint8Array): Extract<Scalar, { type: 'str' | 'bytes' }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = buffer.toString('utf8')
  const isText = !text.includes('\ufffd') || Buffer.from(text).equals(buffer)
  return isText ? { type: 'str', text } : { type: 'bytes', bytes }
}

/** The comment that `bytes` spell. */
export function createComment(bytes: Uint8Array): Comment {
  const string = createString(bytes)
  if (string.type === 'str') return { type: 'comment', text: string.text }
  return { type: 'comment', text: Buffer.from(bytes).toString('utf8'), bytes }
}

/** The value of the first pair with this key. */
export function findValue(map: TreeMap, key: string): TreeNode | undefined {
  for (const item of map.items) {
    if (item.type === 'pair' && item.key === key) return item.value
  }
  return undefined
}

/** The tokens of libyaml, scalars by style. A key comes before its first character, wherever its colon turned up. */
export type TokenType =
  | 'stream-start'
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'block-entry'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'anchor'
  | 'alias'
  | 'tag'
  | ScalarStyle

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

/** A place in the text; lines count from 0. */
export interface Place {
  readonly index: number
  readonly line: number
}

export interface Token extends Place {
  readonly type: TokenType
  /** Text of a scalar, name of an anchor or alias, handle of a tag (empty where the tag is whole), YAML version. */
  readonly value: string
  /** What follows the handle of a tag; the prefix that a tag directive gives. */
  readonly suffix: string
}

/** A token that starts at `place`. */
export function createToken(type: TokenType, { index, line }: Place, value = ''): Token {
  return { type, index, line, value, suffix: '' }
}

/** A tag, or a directive that gives one. */
export function createTagToken(type: 'tag' | 'tag-directive', { index, line }: Place, tag: Tag): Token {
  return { type, index, line, value: tag.handle, suffix: tag.suffix }
}

export interface Tag {
  readonly handle: string
  readonly suffix: string
}

export function isScalarStyle(type: TokenType): type is ScalarStyle {
  return type === 'plain' || type === 'double' || type === 'single' || type === 'literal' || type === 'folded'
}

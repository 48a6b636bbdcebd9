import type { Mark } from './cursor.ts'

/** The tokens of libyaml. A key comes before its first character, wherever its colon turned up. */
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
  | 'scalar'

export interface Token {
  readonly type: TokenType
  readonly start: Mark
  /** Text of a scalar, name of an anchor or alias, handle of a tag (empty where the tag is whole). */
  readonly value: string
  /** What follows the handle of a tag; the prefix that a tag directive gives. */
  readonly suffix: string
  /** Whether a scalar is neither quoted nor a block. */
  readonly isPlain: boolean
}

export function createToken(type: TokenType, start: Mark, rest: Partial<Token> = {}): Token {
  return {
    type,
    start,
    value: rest.value ?? '',
    suffix: rest.suffix ?? '',
    isPlain: rest.isPlain ?? false,
  }
}

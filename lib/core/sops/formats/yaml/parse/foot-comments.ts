import type { SyntaxNode } from './syntax-node.ts'

/** Keeps the foot comment of a value with its key, unless that has one. */
export function moveFootToKey(key: SyntaxNode, value: SyntaxNode): void {
  if (key.comments.foot !== '' || value.comments.foot === '') return
  key.comments.foot = value.comments.foot
  value.comments.foot = ''
}

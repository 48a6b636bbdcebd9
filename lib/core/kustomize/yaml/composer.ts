import type { SyncError } from '../../errors.ts'
import type { Anchors } from './anchors.ts'
import type { Token, TokenKind } from './scanner.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** The tokens of a text and how far they are composed into a tree. */
export interface Composer {
  readonly tokens: readonly Token[]
  readonly source: YamlSource
  readonly anchors: Anchors
  next: number
}

export function kindAt(composer: Composer): TokenKind {
  return composer.tokens[composer.next]?.kind ?? 'stream-end'
}

export function takeToken(composer: Composer): Token {
  const token = composer.tokens[composer.next]
  if (token === undefined) throw createComposeError(composer, 'content is missing')
  composer.next += 1
  return token
}

export function expectToken(composer: Composer, kind: TokenKind, reason: string): void {
  if (kindAt(composer) !== kind) throw createComposeError(composer, reason)
  composer.next += 1
}

export function createComposeError(composer: Composer, reason: string): SyncError {
  const line = composer.tokens[composer.next]?.line ?? 0
  return createSourceError(composer.source, reason, { line: line + 1 })
}

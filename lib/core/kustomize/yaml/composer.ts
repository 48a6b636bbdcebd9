import type { SyncError } from '../../errors.ts'
import type { Token, TokenType } from '../../yaml/scan/token.ts'
import type { Anchors } from './anchors.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** The tokens of a text and how far they are composed into a tree. */
export interface Composer {
  readonly tokens: readonly Token[]
  readonly source: YamlSource
  readonly anchors: Anchors
  next: number
}

export function typeAt(composer: Composer): TokenType {
  return composer.tokens[composer.next]?.type ?? 'stream-end'
}

export function takeToken(composer: Composer): Token {
  const token = composer.tokens[composer.next]
  if (token === undefined) throw createComposeError(composer, 'content is missing')
  composer.next += 1
  return token
}

export function expectToken(composer: Composer, kind: TokenType, reason: string): void {
  if (typeAt(composer) !== kind) throw createComposeError(composer, reason)
  composer.next += 1
}

export function createComposeError(composer: Composer, reason: string): SyncError {
  const line = composer.tokens[composer.next]?.line ?? 0
  return createSourceError(composer.source, reason, { line: line + 1 })
}

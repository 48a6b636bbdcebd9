import { isBlank, isBlankOrEnd, isBreakOrEnd } from './characters.ts'
import { takeHandle, takeUri } from './node-properties.ts'
import {
  codeAt,
  failHere,
  placeOf,
  type Scanner,
  takeBlanks,
  takeBreak,
  takeLine,
  takeMatch,
} from './scanner.ts'
import { createTagToken, createToken, type Place, type Token } from './token.ts'

const name = /%[\w-]*/y
const version = /\d{1,2}\.\d{1,2}(?!\d)/y

/**
 * Scans a line that starts with `%`: the version or a tag handle.
 * @throws {SyncError} where it is neither
 */
export function scanDirective(scanner: Scanner): Token {
  const token = takeDirective(scanner)
  takeBlanks(scanner)
  if (codeAt(scanner) === 0x23) takeLine(scanner)
  if (!isBreakOrEnd(codeAt(scanner))) throw failHere(scanner, 'text after a directive')
  takeBreak(scanner)
  return token
}

function takeDirective(scanner: Scanner): Token {
  const start = placeOf(scanner)
  const found = takeMatch(scanner, name)
  if (!isBlankOrEnd(codeAt(scanner))) throw failHere(scanner, 'directive without a legal name')
  takeBlanks(scanner)
  if (found === '%TAG') return takeTagDirective(scanner, start)
  const value = found === '%YAML' ? takeMatch(scanner, version) : ''
  if (value === '') throw failHere(scanner, 'unknown directive or version')
  return createToken('version-directive', start, value)
}

function takeTagDirective(scanner: Scanner, start: Place): Token {
  const handle = takeHandle(scanner)
  if (!handle.endsWith('!') || !isBlank(codeAt(scanner))) {
    throw failHere(scanner, 'tag directive without a handle')
  }
  takeBlanks(scanner)
  const prefix = takeUri(scanner)
  if (prefix === '' || !isBlankOrEnd(codeAt(scanner))) {
    throw failHere(scanner, 'tag directive without a prefix')
  }
  return createTagToken('tag-directive', start, { handle, suffix: prefix })
}

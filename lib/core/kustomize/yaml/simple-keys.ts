import { columnOf, createScanError, type Scanner, type SimpleKey } from './scanner.ts'

const simpleKeyLength = 1_024

/** Whether a `:` at the cursor may still make the token a key. @throws {SyncError} the code of the source */
export function isStillPossible(scanner: Scanner, key: SimpleKey): boolean {
  if (key.line === scanner.line && key.position + simpleKeyLength >= scanner.position) return true
  if (key.required) throw createScanError(scanner, 'key without a colon', key.line)
  return false
}

/** Remembers that the token at the cursor may turn out to be a key. */
export function saveSimpleKey(scanner: Scanner): void {
  if (!scanner.simpleKeyAllowed) return
  const column = columnOf(scanner)
  const required = scanner.flowLevel === 0 && scanner.indent === column
  removeSimpleKey(scanner)
  const { position, line } = scanner
  scanner.simpleKeys[scanner.simpleKeys.length - 1] = {
    required,
    tokenIndex: scanner.tokens.length,
    position,
    line,
    column,
  }
}

/** Forgets the possible key of this level. @throws {SyncError} the code of the source where it had to be one */
export function removeSimpleKey(scanner: Scanner): void {
  const key = scanner.simpleKeys.at(-1)
  if (key?.required) throw createScanError(scanner, 'key without a colon', key.line)
  scanner.simpleKeys[scanner.simpleKeys.length - 1] = undefined
}

import { columnOf, type Scanner } from './scanner.ts'
import type { Place } from './token.ts'

/** Where a key may have started whose colon is yet to come. */
export interface SimpleKey extends Place {
  /** Index of its first token. */
  readonly tokenNumber: number
  /** Of the collection that it is in; each may have one such key. */
  readonly flowLevel: number
  /** Whether anything but a key would be an error. */
  readonly isRequired: boolean
}

const reach = 1024

/** Remembers that a key may start here. */
export function saveKey(scanner: Scanner): void {
  if (!scanner.mayStartKey) return
  removeKey(scanner)
  const { index, line, flowLevel, tokens } = scanner
  const isRequired = flowLevel === 0 && scanner.indent === columnOf(scanner)
  scanner.keys.push({ index, line, tokenNumber: tokens.length, flowLevel, isRequired })
}

/** Gives up the innermost key. @throws {SyncError} where one is required */
export function removeKey(scanner: Scanner): void {
  const key = takeKey(scanner)
  if (key?.isRequired) throw failAtKey(scanner, key)
}

/**
 * Takes the innermost key if its colon may stand here: on its line, and within 1024 characters.
 * @throws {SyncError} where a required key is out of reach
 */
export function acceptKey(scanner: Scanner): SimpleKey | undefined {
  const key = takeKey(scanner)
  return key && isReachable(scanner, key) ? key : undefined
}

/** Whether the token is a key that may yet get its colon. @throws {SyncError} where a required key is out of reach */
export function isOpenKey(scanner: Scanner, tokenNumber: number): boolean {
  const { keys } = scanner
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    const key = keys[at]
    if (!key || key.tokenNumber < tokenNumber) return false
    if (key.tokenNumber === tokenNumber) return isReachable(scanner, key)
  }
  return false
}

function takeKey({ keys, flowLevel }: Scanner): SimpleKey | undefined {
  return keys.length > 0 && keys[keys.length - 1]?.flowLevel === flowLevel ? keys.pop() : undefined
}

function isReachable(scanner: Scanner, key: SimpleKey): boolean {
  if (key.line === scanner.line && key.index + reach >= scanner.index) return true
  if (key.isRequired) throw failAtKey(scanner, key)
  return false
}

function failAtKey({ options }: Scanner, { line }: SimpleKey): Error {
  return options.fail('key without a colon', line)
}

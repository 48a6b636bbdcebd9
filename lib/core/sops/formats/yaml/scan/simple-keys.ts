import { type Cursor, failAtLine, type Mark } from './cursor.ts'

/** Where a key may have started whose colon is yet to come. */
export interface SimpleKey {
  readonly start: Mark
  /** Index of its first token. */
  readonly tokenNumber: number
  /** Whether anything but a key would be an error. */
  readonly isRequired: boolean
}

/** The keys that may be open: one for each flow collection, and one for the blocks around them. */
export interface SimpleKeys {
  /** @throws {SyncError} SopsFileUnreadable where a required key is given up */
  save(key: SimpleKey): void
  /** @throws {SyncError} SopsFileUnreadable where a required key is given up */
  remove(): void
  /**
   * Takes the innermost key if its colon may stand here: on its line, and within 1024 characters.
   * @throws {SyncError} SopsFileUnreadable where a required key is out of reach
   */
  accept(cursor: Cursor): SimpleKey | null
  /** Whether the token is a key that may yet get its colon. */
  isOpen(tokenNumber: number, cursor: Cursor): boolean
  enterFlow(): void
  leaveFlow(): void
}

const reach = 1024

export function createSimpleKeys(): SimpleKeys {
  const stack: (SimpleKey | null)[] = [null]
  const byToken = new Map<number, number>()

  const forget = (depth: number) => {
    const key = stack[depth]
    if (key) byToken.delete(key.tokenNumber)
    stack[depth] = null
  }
  const isReachable = (key: SimpleKey, cursor: Cursor) => {
    if (key.start.line >= cursor.line && key.start.index + reach >= cursor.index) return true
    if (key.isRequired) throw failAtLine(key.start.line)
    return false
  }
  const remove = () => {
    const key = stack.at(-1)
    if (key?.isRequired) throw failAtLine(key.start.line)
    forget(stack.length - 1)
  }
  return {
    remove,
    save(key) {
      remove()
      stack[stack.length - 1] = key
      byToken.set(key.tokenNumber, stack.length - 1)
    },
    accept(cursor) {
      const key = stack.at(-1) ?? null
      if (key === null) return null
      const isAccepted = isReachable(key, cursor)
      forget(stack.length - 1)
      return isAccepted ? key : null
    },
    isOpen(tokenNumber, cursor) {
      const depth = byToken.get(tokenNumber)
      const key = depth === undefined ? null : stack[depth]
      if (depth === undefined || !key) return false
      const isOpen = isReachable(key, cursor)
      if (!isOpen) forget(depth)
      return isOpen
    },
    enterFlow: () => void stack.push(null),
    leaveFlow() {
      if (stack.length === 1) return
      forget(stack.length - 1)
      stack.pop()
    },
  }
}

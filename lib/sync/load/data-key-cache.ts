import type { KeyEntry } from '../../core/sops/keys/key-entry.ts'

/** Resolves `entry` from memory, or by `open`, whose answer is then remembered. `null` and errors are not. */
export type OpenThroughCache = (
  entry: KeyEntry,
  open: () => Promise<Uint8Array | null>,
) => Promise<Uint8Array | null>

export interface DataKeyCache {
  /** The share of those configs that may open the same keys; `grant` tells it from all others. */
  forGrant(grant: string): OpenThroughCache
}

export interface DataKeyCacheOptions {
  /** 1,000 keys unless told. */
  readonly capacity?: number
  /** A quarter of an hour unless told: so long a key that is taken away still opens what it has opened. */
  readonly maxAgeMs?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}

interface Slot {
  readonly opening: Promise<Uint8Array | null>
  readonly openedAt: number
}

/**
 * Opened data keys, in memory only. An entry is known by its grant, its ciphertext and all that the key service is told
 * (context, role, address), so that a file copied to where its key is not granted finds nothing. Who asks for an entry
 * that is being opened waits for that one call.
 */
export function createDataKeyCache(options: DataKeyCacheOptions): DataKeyCache {
  const { capacity = 1_000, maxAgeMs = 15 * 60_000, now } = options
  /** In the order of `openedAt`. */
  const slots = new Map<string, Slot>()

  function dropOld(): void {
    for (const [key, { openedAt }] of slots) {
      if (slots.size < capacity && now() - openedAt < maxAgeMs) return
      slots.delete(key)
    }
  }

  function open(key: string, call: () => Promise<Uint8Array | null>): Slot {
    dropOld()
    const slot = { opening: call(), openedAt: now() }
    slots.set(key, slot)
    const forget = () => {
      if (slots.get(key) === slot) slots.delete(key)
    }
    slot.opening.then((opened) => {
      if (opened === null) forget()
    }, forget)
    return slot
  }

  return {
    forGrant: (grant) => async (entry, call) => {
      const key = formatCacheKey(grant, entry)
      const known = slots.get(key)
      const isFresh = known !== undefined && now() - known.openedAt < maxAgeMs
      const opened = await (isFresh ? known : open(key, call)).opening
      return opened && Uint8Array.from(opened)
    },
  }
}

/** Every field counts, the context in the order of its names. */
function formatCacheKey(grant: string, entry: KeyEntry): string {
  const fields = Object.entries(entry).map(([name, value]) => [
    name,
    typeof value === 'object' ? Object.entries(value).sort(byName) : value,
  ])
  return JSON.stringify([grant, fields.sort(byName)])
}

function byName([left = '']: readonly unknown[], [right = '']: readonly unknown[]): number {
  return String(left) < String(right) ? -1 : 1
}

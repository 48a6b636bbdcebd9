import type { ConfigId } from '../config/config.ts'
import type { OwnershipScope } from '../plan/identity/ownership.ts'
import type { Live } from '../plan/plan.ts'
import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import { createIsOurs, describeFinding, expectFinding, type IsOurs } from './finding.ts'

/** A config with what it has written. */
export interface SweptConfig {
  readonly id: ConfigId
  /** Of the inventory: tells whether it is still in force. */
  readonly generation: number
  readonly inventory: readonly InventoryEntry[]
}

/** Which entries of an inventory were listed already: one bit each, base64. */
export interface SeenEntries {
  readonly generation: number
  readonly bits: string
}

export type SeenByConfig = Readonly<Record<ConfigId, SeenEntries>>

export interface TallyOptions {
  readonly ownership: OwnershipScope
  /** What was written since then may not be listed yet, so that nothing is concluded from it. */
  readonly writtenBefore: IsoTime
  /** What an earlier part of the same listing has shown; without it this is the first part. */
  readonly seen?: SeenByConfig
}

/** Compares a listing, page by page, with what configs have written. */
export interface SweepTally {
  add(page: readonly Live[]): void
  /** Configs of which a secret was found otherwise than expected; `all` pages are needed to miss one. */
  listDrifted(pages: 'some' | 'all'): readonly SweptConfig[]
  exportSeen(): SeenByConfig
}

interface Row {
  readonly config: SweptConfig
  readonly isOurs: IsOurs
  readonly bits: Uint8Array
  /** A part of the listing was compared with another inventory: what is missing cannot be told. */
  readonly isPartial: boolean
  isDrifted: boolean
}

/** Begins a tally, or goes on with one: what an earlier part found to be drifted was told by that part. */
export function createSweepTally(configs: readonly SweptConfig[], options: TallyOptions): SweepTally {
  const rows = configs.map((config) => createRow(config, options))
  const places = indexNames(rows)
  const isSettled = ({ writtenAt }: InventoryEntry) => writtenAt < options.writtenBefore
  return {
    add: (page) => {
      for (const live of page) {
        for (const { row, index, entry } of places.get(live.name) ?? []) {
          setBit(row.bits, index)
          const isExpected = describeFinding(live, row.isOurs) === expectFinding(entry)
          if (!isExpected && isSettled(entry)) row.isDrifted = true
        }
      }
    },
    listDrifted: (pages) => {
      const misses = (row: Row) =>
        !row.isPartial && row.config.inventory.some((entry, n) => isMissing(row, entry, n))
      const isMissing = ({ bits }: Row, entry: InventoryEntry, index: number) =>
        !hasBit(bits, index) && isSettled(entry) && expectFinding(entry) !== 'missing'
      return rows
        .filter((row) => row.isDrifted || (pages === 'all' && misses(row)))
        .map(({ config }) => config)
    },
    // What is left out is partial for the next part too.
    exportSeen: () =>
      Object.fromEntries(
        rows
          .filter(({ isPartial }) => !isPartial)
          .map(({ config: { id, generation }, bits }) => [
            id,
            { generation, bits: Buffer.from(bits).toString('base64') },
          ]),
      ),
  }
}

function createRow(config: SweptConfig, { ownership, seen }: TallyOptions): Row {
  const isOurs = createIsOurs(ownership, config.id)
  const size = Math.ceil(config.inventory.length / 8)
  const before = seen?.[config.id]
  const isSame = before?.generation === config.generation
  return {
    config,
    isOurs,
    bits: isSame ? Uint8Array.from(Buffer.from(before.bits, 'base64')) : new Uint8Array(size),
    isPartial: seen !== undefined && !isSame,
    isDrifted: false,
  }
}

interface Place {
  readonly row: Row
  readonly index: number
  readonly entry: InventoryEntry
}

/** Two configs may have written a name, one after the other. */
function indexNames(rows: readonly Row[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const row of rows) {
    for (const [index, entry] of row.config.inventory.entries()) {
      const named = places.get(entry.name)
      if (named) named.push({ row, index, entry })
      else places.set(entry.name, [{ row, index, entry }])
    }
  }
  return places
}

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
}

function hasBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0
}

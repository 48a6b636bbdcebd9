import type { ConfigId } from '../../../core/config/config.ts'
import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { type Dependency, type InventoryEntry, stateSchema } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemTable, parseItem } from './table.ts'

type ListKind = 'inventory' | 'deps'

const entriesPerItem = 500

/** The long lists of a config, 500 entries to an item; which generation is in force is for the head to say. */
export function createGenerations(
  table: ItemTable,
): Pick<
  StateStore,
  'readInventory' | 'writeInventory' | 'readDependencies' | 'writeDependencies' | 'dropGenerations'
> {
  const inventory = createList<InventoryEntry>(table, 'inventory')
  const dependencies = createList<Dependency>(table, 'deps')
  return {
    readInventory: inventory.read,
    writeInventory: inventory.write,
    readDependencies: dependencies.read,
    writeDependencies: dependencies.write,
    dropGenerations: async (id, keep) => {
      for (const list of [inventory, dependencies]) await list.dropOlder(id, keep)
    },
  }
}

function createList<Entry>(table: ItemTable, kind: ListKind) {
  const partitionOf = (id: ConfigId) => `${kind}#${id}`
  const listItems = (id: ConfigId, generation: number) =>
    table.list({ partition: partitionOf(id), prefix: formatGeneration(generation) })

  return {
    read: async (id: ConfigId, generation: number): Promise<Entry[]> =>
      (await listItems(id, generation)).flatMap((item) => parseItem<Entry[]>(item)),

    write: async (id: ConfigId, generation: number, entries: readonly Entry[]): Promise<void> => {
      const stale = new Set((await listItems(id, generation)).map(({ sort }) => sort))
      for (const [n, chunk] of splitChunks(entries).entries()) {
        const sort = `${formatGeneration(generation)}${String(n).padStart(6, '0')}`
        stale.delete(sort)
        const body = formatCanonicalJson(chunk)
        await table.write({ partition: partitionOf(id), sort, schema: stateSchema, body })
      }
      // An earlier attempt at the same generation may have been longer.
      for (const sort of stale) await table.remove({ partition: partitionOf(id), sort })
    },

    dropOlder: async (id: ConfigId, keep: number): Promise<void> => {
      const items = await table.list({ partition: partitionOf(id) })
      for (const item of items.filter(({ sort }) => sort < formatGeneration(keep))) {
        await table.remove(item)
      }
    },
  }
}

function formatGeneration(generation: number): string {
  return `${String(generation).padStart(15, '0')}#`
}

function splitChunks<Entry>(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const count = Math.ceil(entries.length / entriesPerItem)
  return Array.from({ length: count }, (_, n) => entries.slice(n * entriesPerItem, (n + 1) * entriesPerItem))
}

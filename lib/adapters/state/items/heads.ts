import { formatCanonicalJson } from '../../../core/config/digest.ts'
import type { ConfigHead } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { formatShardKey, listShards } from './shards.ts'
import { type ItemTable, parseItem } from './table.ts'

const shards = listShards('config')

/** Heads of configs, with the index of those that are due. */
export function createHeads(
  table: ItemTable,
): Pick<StateStore, 'readHead' | 'writeHead' | 'listHeads' | 'listDue'> {
  return {
    readHead: async (id) => {
      const item = await table.read(formatShardKey('config', id))
      return item && parseItem<ConfigHead>(item)
    },
    writeHead: async (head, before) => {
      const item = {
        ...formatShardKey('config', head.id),
        schema: head.schema,
        body: formatCanonicalJson(head),
        ...(head.nextDueAt === undefined ? {} : { dueAt: head.nextDueAt }),
      }
      await table.write(item, before && formatCanonicalJson(before))
    },
    listHeads: async () => {
      const items = await Promise.all(shards.map((partition) => table.list({ partition })))
      return items
        .flat()
        .map((item) => parseItem<ConfigHead>(item))
        .sort((a, b) => compareText(a.id, b.id))
    },
    listDue: async (now, limit) => {
      const due = await Promise.all(shards.map((partition) => table.listDue(partition, now, limit)))
      return due
        .flat()
        .sort((a, b) => compareText(a.dueAt, b.dueAt) || compareText(a.sort, b.sort))
        .slice(0, limit)
        .map(({ sort }) => sort)
    },
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import { createHash } from 'node:crypto'
import type { ConfigId } from '../../../core/config/config.ts'
import { formatCanonicalJson } from '../../../core/config/digest.ts'
import type { ConfigHead } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemKey, type ItemTable, parseItem } from './table.ts'

const shards = Array.from({ length: 8 }, (_, shard) => `config#${shard}`)

/** Heads of configs: spread over eight partitions, so that none is hot and all can be listed without a scan. */
export function createHeads(
  table: ItemTable,
): Pick<StateStore, 'readHead' | 'writeHead' | 'listHeads' | 'listDue'> {
  return {
    readHead: async (id) => {
      const item = await table.read(headKey(id))
      return item && parseItem<ConfigHead>(item)
    },
    writeHead: async (head, before) => {
      const item = {
        ...headKey(head.id),
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

function headKey(id: ConfigId): ItemKey {
  const shard = createHash('sha256').update(id).digest().readUInt8() % shards.length
  return { partition: `config#${shard}`, sort: id }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

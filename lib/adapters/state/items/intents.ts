import { type Intent, isInForce } from '../../../core/audit/intent.ts'
import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { stateSchema } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { formatShardKey, listShards } from './shards.ts'
import { type ItemTable, parseItem } from './table.ts'

/** Intents of operators, apart from the heads: the API may write the ones and not the others. */
export function createIntents(
  table: ItemTable,
): Pick<StateStore, 'readIntent' | 'writeIntent' | 'listIntents'> {
  return {
    readIntent: async (id) => {
      const item = await table.read(formatShardKey('intent', id))
      return item && parseItem<Intent>(item)
    },
    writeIntent: async (intent, before) => {
      const item = {
        ...formatShardKey('intent', intent.configId),
        schema: stateSchema,
        body: formatCanonicalJson(intent),
      }
      await table.write(item, before && formatCanonicalJson(before))
    },
    listIntents: async () => {
      const items = await Promise.all(listShards('intent').map((partition) => table.list({ partition })))
      return items
        .flat()
        .map((item) => parseItem<Intent>(item))
        .filter(isInForce)
    },
  }
}

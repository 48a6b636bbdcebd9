import { formatCanonicalJson } from '../../../core/config/digest.ts'
import type { QuotaLease } from '../../../core/plan/pace/budget.ts'
import { stateSchema } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemTable, parseItem } from './table.ts'

/** Leases of write tokens, one item for each account, region and API. */
export function createQuotas(table: ItemTable): Pick<StateStore, 'readQuota' | 'writeQuota'> {
  const keyOf = (key: string) => ({ partition: `quota#${key}`, sort: 'quota' })
  return {
    readQuota: async (key) => {
      const item = await table.read(keyOf(key))
      return item && parseItem<QuotaLease>(item)
    },
    writeQuota: async (key, lease, before) => {
      const item = { ...keyOf(key), schema: stateSchema, body: formatCanonicalJson(lease) }
      await table.write(item, before && formatCanonicalJson(before))
    },
  }
}

import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { type ResolvedRef, stateSchema, type Watcher } from '../../../core/state/records.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemTable, parseItem } from './table.ts'

/** What is known of each repository: which configs follow it, and where its refs pointed. */
export function createRepositories(
  table: ItemTable,
): Pick<StateStore, 'listWatchers' | 'writeWatcher' | 'removeWatcher' | 'readRef' | 'writeRef'> {
  const partitionOf = (repositoryKey: string) => `repo#${repositoryKey}`
  return {
    listWatchers: async (repositoryKey) => {
      const items = await table.list({ partition: partitionOf(repositoryKey), prefix: 'config#' })
      return items.map((item) => parseItem<Watcher>(item))
    },
    writeWatcher: async (repositoryKey, watcher) =>
      await table.write({
        partition: partitionOf(repositoryKey),
        sort: `config#${watcher.configId}`,
        schema: stateSchema,
        body: formatCanonicalJson(watcher),
      }),
    removeWatcher: async (repositoryKey, configId) =>
      await table.remove({ partition: partitionOf(repositoryKey), sort: `config#${configId}` }),
    readRef: async (repositoryKey, ref) => {
      const item = await table.read({ partition: partitionOf(repositoryKey), sort: `ref#${ref}` })
      return item && parseItem<ResolvedRef>(item)
    },
    writeRef: async (repositoryKey, ref, resolved) =>
      await table.write({
        partition: partitionOf(repositoryKey),
        sort: `ref#${ref}`,
        schema: stateSchema,
        body: formatCanonicalJson(resolved),
      }),
  }
}

import { listSettings, type Setting, type SettingQuery } from '../core/audit/list-settings.ts'
import { SyncError } from '../core/errors.ts'
import type { ConfigHead } from '../core/state/records.ts'
import { parseTime } from '../core/time.ts'
import type { StateStore } from '../ports.ts'
import { createLimiter } from './limit-concurrency.ts'

/**
 * Who and what has set a secret, or one of its versions: newest first, of every config that has written the name.
 * @throws {SyncError} SecretNotInHistory
 */
export type BlameSecret = (query: SettingQuery) => Promise<readonly Setting[]>

export interface BlameDependencies {
  readonly state: Pick<StateStore, 'listHeads' | 'readInventory' | 'listHistory'>
}

const readsAtATime = 20
/** Entries of one config that are searched. */
const entryLimit = 1_000

export function createBlameSecret({ state }: BlameDependencies): BlameSecret {
  const limited = createLimiter(readsAtATime)
  const readSettings = async (heads: readonly ConfigHead[], query: SettingQuery) => {
    const found = await Promise.all(
      heads.map(async ({ id }) => {
        const entries = await limited(() => state.listHistory(id, entryLimit))
        return listSettings(entries, query)
      }),
    )
    return found.flat().sort((a, b) => parseTime(b.at) - parseTime(a.at))
  }
  return async (query) => {
    const heads = await state.listHeads()
    const owners = await Promise.all(
      heads.map(async (head) => {
        const inventory = await limited(() => state.readInventory(head.id, head.generation))
        return inventory.some(({ name }) => name === query.name) ? [head] : []
      }),
    )
    const [first] = owners.flat()
    // What was deleted is in no inventory any more, and still in the history.
    const settings = await readSettings(first ? owners.flat() : heads, query)
    if (settings.length === 0) throw new SyncError('SecretNotInHistory', { data: { secret: query.name } })
    return settings
  }
}

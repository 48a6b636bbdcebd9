import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { isSyncError } from '../../../core/errors.ts'
import { stateSchema } from '../../../core/state/records.ts'
import { type IsoTime, parseTime } from '../../../core/time.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemTable, parseItem } from './table.ts'

const key = { partition: 'tick', sort: 'tick' }

/** The turn of the schedule: one pass at a time gets it. */
export function createTick(table: ItemTable): Pick<StateStore, 'takeTick'> {
  return {
    takeTick: async (now, minimumGapMs) => {
      const item = await table.read(key)
      const previousAt = item && parseItem<{ at: IsoTime }>(item).at
      // The distance, so that a turn in the far future, from a clock that was wrong, holds up nothing.
      if (previousAt !== null && Math.abs(parseTime(now) - parseTime(previousAt)) < minimumGapMs) return null
      try {
        await table.write(
          { ...key, schema: stateSchema, body: formatCanonicalJson({ at: now }) },
          item?.body ?? null,
        )
      } catch (thrown) {
        if (isSyncError(thrown, 'StateConflict')) return null
        throw thrown
      }
      return { previousAt }
    },
  }
}

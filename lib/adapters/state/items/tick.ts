import { formatCanonicalJson } from '../../../core/config/digest.ts'
import { isSyncError } from '../../../core/errors.ts'
import { stateSchema } from '../../../core/state/records.ts'
import { type IsoTime, parseTime } from '../../../core/time.ts'
import type { StateStore } from '../../../ports.ts'
import { type ItemTable, parseItem } from './table.ts'

const key = { partition: 'tick', sort: 'tick' }

interface Tick {
  readonly at: IsoTime
  readonly stoppedAt?: string
}

/** The turn of the schedule: one pass at a time gets it. */
export function createTick(table: ItemTable): Pick<StateStore, 'takeTick' | 'endTick'> {
  const write = async (tick: Tick, before: string | null) =>
    await table.write({ ...key, schema: stateSchema, body: formatCanonicalJson(tick) }, before)
  return {
    takeTick: async (now, minimumGapMs) => {
      const item = await table.read(key)
      const tick = item && parseItem<Tick>(item)
      // The distance, so that a turn in the far future, from a clock that was wrong, holds up nothing.
      if (tick && Math.abs(parseTime(now) - parseTime(tick.at)) < minimumGapMs) return null
      try {
        await write({ ...tick, at: now }, item?.body ?? null)
      } catch (thrown) {
        if (isSyncError(thrown, 'StateConflict')) return null
        throw thrown
      }
      return { previousAt: tick?.at ?? null, stoppedAt: tick?.stoppedAt ?? null }
    },
    endTick: async (stoppedAt) => {
      const item = await table.read(key)
      if (!item) return
      const { stoppedAt: before, ...tick } = parseItem<Tick>(item)
      if ((before ?? null) === stoppedAt) return
      await write(stoppedAt === null ? tick : { ...tick, stoppedAt }, item.body)
    },
  }
}

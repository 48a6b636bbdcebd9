import type { InventoryEntry } from '../../state/records.ts'
import { formatTime, type IsoTime, parseTime } from '../../time.ts'
import type { Change, Outcome } from '../plan.ts'

/** How many writes of a secret count at a time; one less each quarter of an hour. */
export interface WriteBucket {
  readonly level: number
  readonly at: IsoTime
}

/**
 * AWS keeps 100 versions, and none that is younger than a day is removed: 60 at once and one each quarter of an hour
 * are 156 a day in the worst case, of which those beyond 100 wait a day at most for the oldest to go.
 */
const versionLimit = 60
/** Repairs of what Git has not changed: beyond it, somebody else writes the secret over and over. */
const repairLimit = 6
const drainMs = 15 * 60_000

type Counted = Pick<InventoryEntry, 'versionId' | 'versions' | 'repairs'>

/**
 * Why a change has to wait: the secret was given too many versions, or was made again too often though Git had not
 * changed it; `null` where it may go ahead. A secret's first version never waits.
 */
export function findDeferral(
  change: Change,
  known: Counted | undefined,
  now: number,
): 'WriteDeferred' | 'SecretContested' | null {
  if (!known) return null
  if (isRepair(change, known.versionId) && readLevel(known.repairs, now) > repairLimit - 1)
    return 'SecretContested'
  if (change.action === 'update' && readLevel(known.versions, now) > versionLimit - 1) return 'WriteDeferred'
  return null
}

/** The inventory with the writes of a sync counted; what was not written keeps its counts as they are. */
export function countWrites(
  after: readonly InventoryEntry[],
  {
    before,
    outcomes,
    at,
  }: {
    readonly before: readonly InventoryEntry[]
    readonly outcomes: readonly Outcome[]
    readonly at: IsoTime
  },
): readonly InventoryEntry[] {
  const known = new Map(before.map((entry) => [entry.name, entry]))
  const applied = outcomes.filter(({ result }) => result === 'applied').map(({ change }) => change)
  const byName = Map.groupBy(applied, ({ name }) => name)
  return after.map((entry) => {
    const counted = known.get(entry.name)
    const own = byName.get(entry.name) ?? []
    const isRepaired = own.some((change) => counted && isRepair(change, counted.versionId))
    const versions = own.some(({ action }) => action === 'update')
      ? add(counted?.versions, at)
      : counted?.versions
    const repairs = isRepaired ? add(counted?.repairs, at) : counted?.repairs
    return { ...entry, ...(versions ? { versions } : {}), ...(repairs ? { repairs } : {}) }
  })
}

/** Whether a change makes a secret again what the config had made of it before. */
function isRepair(change: Change, written: string): boolean {
  if (change.action === 'restore') return true
  return 'versionId' in change && change.versionId === written
}

function readLevel(bucket: WriteBucket | undefined, now: number): number {
  return bucket ? Math.max(0, bucket.level - (now - parseTime(bucket.at)) / drainMs) : 0
}

function add(bucket: WriteBucket | undefined, at: IsoTime): WriteBucket {
  const now = parseTime(at)
  return { level: Math.round((readLevel(bucket, now) + 1) * 1000) / 1000, at: formatTime(now) }
}

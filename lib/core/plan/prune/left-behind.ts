import type { ConfigHead, InventoryEntry, LeftBehind, Publishing } from '../../state/records.ts'
import type { Plan } from '../plan.ts'

/** An account and a region of it. */
export type Place = Pick<LeftBehind, 'account' | 'region'>

/** What a config has where it publishes to now, and what it has in other places. */
export interface MovedInventory {
  readonly inventory: readonly InventoryEntry[]
  readonly leftBehind: readonly LeftBehind[]
  /** Whether the config has come back to a place, so that `inventory` has entries again. */
  readonly isBack: boolean
}

/**
 * Tells the secrets that stay in a place that the config has left from those where it publishes to now, at `target`.
 * A run that crashed may have written in the new place already, so the inventory stays whole: what is not there goes.
 */
export function moveInventory(
  head: Pick<ConfigHead, 'publishing' | 'leftBehind'> | null,
  inventory: readonly InventoryEntry[],
  target: Place,
): MovedInventory {
  const known = leaveBehind(head, inventory, target)
  const returned = known.filter((place) => isSamePlace(place, target)).flatMap(({ secrets }) => secrets)
  const leftBehind = known.filter((place) => !isSamePlace(place, target))
  if (returned.length === 0) return { inventory, leftBehind, isBack: false }
  const entries = new Map([...inventory, ...returned].map((entry) => [entry.name, entry]))
  const all = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { inventory: all, leftBehind, isBack: true }
}

/** Whether the inventory of a config is of another place than `target`. */
export function isElsewhere(head: Pick<ConfigHead, 'publishing'> | null, target: Place): boolean {
  const place = head?.publishing && readPlace(head.publishing)
  return place !== undefined && !isSamePlace(place, target)
}

function readPlace({ sweepId, region }: Publishing): Place {
  const [account = ''] = sweepId.split('/')
  return { account, region }
}

/** The plan that also says what is left behind; the same where nothing is. */
export function withLeftBehind(plan: Plan, places: readonly LeftBehind[]): Plan {
  if (places.length === 0) return plan
  const leftBehind = places.map(({ account, region, secrets }) => ({
    account,
    region,
    names: secrets.map(({ name }) => name),
  }))
  return { ...plan, leftBehind }
}

function leaveBehind(
  head: Pick<ConfigHead, 'publishing' | 'leftBehind'> | null,
  inventory: readonly InventoryEntry[],
  target: Place,
): readonly LeftBehind[] {
  const { publishing, leftBehind = [] } = head ?? {}
  if (!publishing || inventory.length === 0) return leftBehind
  if (!isElsewhere(head, target)) return leftBehind
  const { account, region } = readPlace(publishing)
  const { roleArn } = publishing
  const secrets = inventory.map(({ name, versionId, writtenAt }) => ({ name, versionId, writtenAt }))
  const left = { account, region, ...(roleArn === undefined ? {} : { roleArn }), secrets }
  return [...leftBehind.filter((place) => !isSamePlace(place, left)), left]
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.account === other.account && one.region === other.region
}

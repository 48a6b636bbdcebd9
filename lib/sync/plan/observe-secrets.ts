import type { Live } from '../../core/plan/plan.ts'
import type { SecretName } from '../../core/secrets/desired.ts'
import type { InventoryEntry } from '../../core/state/records.ts'
import type { SecretStore } from '../../ports.ts'
import { createLimiter } from '../limit-concurrency.ts'

const describesAtATime = 20
/** Up to so many names are described one by one, which costs no more round trips than listing and never lags. */
const describedWithoutListing = 20

export interface Observation {
  /** Names that Git wants. */
  readonly wanted: readonly SecretName[]
  /** What the config has written before, and a crashed run may have written. */
  readonly inventory: readonly InventoryEntry[]
  readonly begun: readonly SecretName[]
  /** Start of the tag value that marks the secrets of the config. */
  readonly ownerPrefix: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether each secret is to be looked at by itself: lists do not show copies in other regions. */
  readonly looksAtReplicas?: boolean
}

/** What the store has, by name, and of which names only a list says so. */
export interface Observed {
  readonly live: ReadonlyMap<SecretName, Live>
  readonly listed: ReadonlySet<SecretName>
}

/**
 * What the store has under the names that matter, without reading a value.
 * @throws {SyncError} StoreThrottled, StoreAccessDenied, StoreUnavailable
 */
export async function observeSecrets(store: SecretStore, observation: Observation): Promise<Observed> {
  const { wanted, inventory, begun, ownerPrefix, now, looksAtReplicas = false } = observation
  const names = [...new Set([...wanted, ...inventory.map(({ name }) => name), ...begun])]
  const found =
    names.length > describedWithoutListing && !looksAtReplicas
      ? await store.list({ tagValuePrefix: ownerPrefix })
      : []
  const live = new Map(found.map((secret) => [secret.name, secret]))
  const fresh = new Set([
    ...begun,
    ...inventory
      .filter(({ writtenAt }) => Date.parse(writtenAt) > now - store.listLagMs)
      .map(({ name }) => name),
  ])
  const unsure = names.filter((name) => looksAtReplicas || fresh.has(name) || !live.has(name))
  return await describeAgain(store, { live, listed: new Set(live.keys()) }, unsure)
}

/**
 * Looks at single secrets, which never lags: before something is written because of a list, that list is to be true.
 * @throws {SyncError} StoreThrottled, StoreAccessDenied, StoreUnavailable
 */
export async function describeAgain(
  store: SecretStore,
  observed: Observed,
  names: readonly SecretName[],
): Promise<Observed> {
  const limited = createLimiter(describesAtATime)
  const described = await Promise.all(names.map((name) => limited(() => store.describe(name))))
  const live = new Map(observed.live)
  const listed = new Set(observed.listed)
  names.forEach((name, index) => {
    const secret = described[index]
    listed.delete(name)
    if (secret) live.set(name, secret)
    else live.delete(name)
  })
  return { live, listed }
}

import type { KnownVersions } from '../../core/audit/known-versions.ts'
import type { InventoryEntry, Lease } from '../../core/state/records.ts'
import type { SecretStore } from '../../ports.ts'
import { createLimiter } from '../limit-concurrency.ts'

const describesAtATime = 20

/**
 * What is known of a config after a run, as far as the store can tell: versions that are as the run wanted them, those
 * of a group that went back, and without what is going or gone as it wanted.
 */
export async function findDone(
  store: Pick<SecretStore, 'describe'>,
  { writes }: Pick<Lease, 'writes'>,
  known: KnownVersions,
): Promise<KnownVersions> {
  const limited = createLimiter(describesAtATime)
  const looked = writes.filter(({ versionId, isDeletion }) => versionId !== undefined || isDeletion)
  const found = await Promise.all(
    looked.map(async (write) => ({ ...write, live: await limited(() => store.describe(write.name)) })),
  )
  const done = new Map(known)
  for (const { name, versionId, from, isDeletion, live } of found) {
    if (isDeletion && (live === null || live.deletionAt !== undefined)) done.delete(name)
    if (versionId === undefined) continue
    if (live?.current === versionId) done.set(name, versionId)
    else if (from !== undefined && live?.current === from && known.get(name) === versionId)
      done.set(name, from)
  }
  return done
}

/** The entries of an inventory whose secrets are in this store, whoever they belong to. */
export async function keepPresent(
  store: Pick<SecretStore, 'describe'>,
  inventory: readonly InventoryEntry[],
): Promise<readonly InventoryEntry[]> {
  const limited = createLimiter(describesAtATime)
  const live = await Promise.all(inventory.map(({ name }) => limited(() => store.describe(name))))
  return inventory.filter((_entry, index) => live[index])
}

import { pageGapMs } from '../../core/drift/sweep-schedule.ts'
import type { SweptConfig } from '../../core/drift/sweep-tally.ts'
import { isParameter } from '../../core/parameters/parameter-name.ts'
import { formatOwner } from '../../core/plan/identity/ownership.ts'
import type { Live } from '../../core/plan/plan.ts'
import type { SecretName, VersionId } from '../../core/secrets/desired.ts'
import type { InventoryEntry } from '../../core/state/records.ts'
import type { ParameterStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { OpenedSweep } from './open-sweep.ts'

/** What a store describes with one call. */
const namesAtATime = 50

/** A parameter as its config has written it. */
type Written = InventoryEntry & { readonly configId: SweptConfig['id'] }

/**
 * Shows the tally how the parameters of the swept configs are. One that still has the version of its config is taken for
 * the config's: only whoever has the version key can name it. Any other is looked at with its tags. What there is no time
 * for is taken to be as written; the next sweep begins with all of them again.
 * @throws {SyncError} StoreThrottled, StoreAccessDenied, StoreUnavailable
 */
export async function sweepParameters(
  { parameters, clock }: Pick<SyncDependencies, 'parameters' | 'clock'>,
  { place, ownership, configs, tally }: OpenedSweep,
  stopAt: number,
): Promise<void> {
  const written = configs.flatMap(listWritten)
  if (written.length === 0) return
  const store = await parameters(place)
  const asWritten = ({ configId, name, versionId }: Written): Live => ({
    name,
    current: versionId,
    versions: new Map([[versionId, ['AWSCURRENT']]]),
    tags: formatOwner(ownership, configId, name),
  })
  for (let start = 0; start < written.length; start += namesAtATime) {
    const part = written.slice(start, start + namesAtATime)
    if (clock.now() >= stopAt) {
      tally.add(part.map(asWritten))
      continue
    }
    const askedAt = clock.now()
    const versions = await store.readVersions(part.map(({ name }) => name))
    const found = await Promise.all(part.map((entry) => findLive(store, versions, { entry, asWritten })))
    tally.add(found.filter((live) => live !== null))
    const restMs = askedAt + pageGapMs - clock.now()
    if (restMs > 0) await clock.sleep(restMs)
  }
}

function listWritten({ id: configId, inventory }: SweptConfig): Written[] {
  return inventory.filter(({ name }) => isParameter(name)).map((entry) => ({ ...entry, configId }))
}

/** Where the last look has found and left something else, that is compared as it really is. */
async function findLive(
  store: ParameterStore,
  versions: ReadonlyMap<SecretName, VersionId>,
  { entry, asWritten }: { readonly entry: Written; readonly asWritten: (entry: Written) => Live },
): Promise<Live | null> {
  const current = versions.get(entry.name)
  if (current === undefined) return null
  const isAsWritten = current === entry.versionId && entry.drift === undefined
  return isAsWritten ? asWritten(entry) : await store.describe(entry.name)
}

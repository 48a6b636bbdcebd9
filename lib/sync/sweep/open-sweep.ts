import { authorizeConfig } from '../../core/config/policy/authorize.ts'
import type { SweptHead } from '../../core/drift/sweep-schedule.ts'
import { createSweepTally, type SweepTally, type SweptConfig } from '../../core/drift/sweep-tally.ts'
import { isSyncError } from '../../core/errors.ts'
import type { OwnershipScope } from '../../core/plan/identity/ownership.ts'
import type { SweepProgress } from '../../core/state/records.ts'
import { formatTime } from '../../core/time.ts'
import type { SecretStore, StorePlace } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { createLimiter } from '../limit-concurrency.ts'
import { openConfig, readManifest } from '../resolve/open-config.ts'

const readsAtATime = 20

export interface SweptPlace {
  /** The configs that publish to the place. */
  readonly heads: readonly SweptHead[]
  /** Milliseconds since the epoch: when the first page was asked for. */
  readonly startedAt: number
  /** The earlier parts of the listing. */
  readonly before: SweepProgress | null
}

export interface OpenedSweep {
  readonly store: SecretStore
  readonly place: StorePlace
  readonly ownership: OwnershipScope
  readonly configs: readonly SweptConfig[]
  readonly tally: SweepTally
}

/**
 * Opens the store of a place, and what its configs have written there; `null` where none of them may publish there any
 * more.
 * @throws {SyncError} VersionKeyUnavailable, StoreAccessDenied, StoreUnavailable, StateUnavailable
 */
export async function openSweep(
  dependencies: SyncDependencies,
  { heads, startedAt, before }: SweptPlace,
): Promise<OpenedSweep | null> {
  const place = await findPlace(dependencies, heads)
  if (!place) return null
  const [store, key, configs] = await Promise.all([
    dependencies.stores(place),
    dependencies.versionKey(),
    readInventories(dependencies, heads),
  ])
  const ownership: OwnershipScope = { key, deployment: dependencies.deployment, ...store.target }
  const tally = createSweepTally(configs, {
    ownership,
    writtenBefore: formatTime(startedAt - store.listLagMs),
    ...(before ? { seen: before.seen } : {}),
  })
  return { store, place, ownership, configs, tally }
}

/**
 * The place, by right of the first config that still publishes there and may: what the head says was permitted when
 * the config was looked at.
 */
async function findPlace(
  dependencies: Pick<SyncDependencies, 'configSources' | 'policy'>,
  heads: readonly SweptHead[],
): Promise<StorePlace | null> {
  for (const { id, publishing } of heads) {
    try {
      const config = openConfig(await readManifest(dependencies, id), id)
      authorizeConfig(dependencies.policy, config)
      const { region, roleArn } = config.aws
      if (region === publishing.region && roleArn === publishing.roleArn) return config
    } catch (thrown) {
      // The next look at the config says what is wrong with it.
      if (!isSyncError(thrown)) throw thrown
    }
  }
  return null
}

async function readInventories(
  { state }: Pick<SyncDependencies, 'state'>,
  heads: readonly SweptHead[],
): Promise<readonly SweptConfig[]> {
  const limited = createLimiter(readsAtATime)
  return await Promise.all(
    heads.map(({ id, generation }) =>
      limited(async () => ({ id, generation, inventory: await state.readInventory(id, generation) })),
    ),
  )
}

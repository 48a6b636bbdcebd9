import { searchedEntries } from '../../core/audit/choose-pin.ts'
import { type KnownVersions, listKnownVersions } from '../../core/audit/known-versions.ts'
import { listVersionsAt } from '../../core/audit/versions-at.ts'
import { authorizeNames } from '../../core/config/policy/authorize.ts'
import { isSyncError, SyncError } from '../../core/errors.ts'
import { isParameter } from '../../core/parameters/parameter-name.ts'
import { formatOwnerPrefix } from '../../core/plan/identity/ownership.ts'
import type { Live } from '../../core/plan/plan.ts'
import {
  createRollbackPlan,
  isToMove,
  listUnavailable,
  type RollbackInput,
  type StoredVersions,
} from '../../core/plan/plan-rollback.ts'
import { withLeftBehind } from '../../core/plan/prune/left-behind.ts'
import type { SecretName } from '../../core/secrets/desired.ts'
import type { InventoryEntry } from '../../core/state/records.ts'
import type { SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { createLimiter } from '../limit-concurrency.ts'
import type { Look, PinnedTarget } from '../look.ts'
import type { StepLog } from '../step-log.ts'
import { lookBehind } from './look-behind.ts'
import { describeAgain, type Observation, observeSecrets } from './observe-secrets.ts'
import { openPublication } from './open-publication.ts'
import type { PlannedSync } from './plan-sync.ts'

const listsAtATime = 10

/**
 * Plans the way back to a point of the history, as `planSync` plans the way to a revision: observe ▸ plan. Needs no
 * Git and no key of a file.
 * @throws {SyncError} VersionExpired, VersionUnreadable where the store cannot go back wholly and nobody wants it in part
 */
export async function planRollback(
  dependencies: SyncDependencies,
  look: Look,
  { target, log }: { readonly target: PinnedTarget; readonly log: StepLog },
): Promise<PlannedSync> {
  const { config, pin } = target
  const { inventory: listed, known, versions } = await readHistory(dependencies, look, target)
  const publication = await openPublication(dependencies, config)
  const moved = await lookBehind(dependencies, look, { config, inventory: listed, publication })
  const { inventory } = moved
  const wanted = [...versions.keys()]
  authorizeNames(dependencies.policy, config, wanted)
  const { live, stored } = await log.step('observe', () =>
    observeStored(publication.store, versions, {
      wanted,
      inventory,
      begun: look.head?.lease?.writes.map(({ name }) => name) ?? [],
      ownerPrefix: formatOwnerPrefix(config.id),
      now: look.startedAt,
    }),
  )
  const present = listPresent(inventory, live)
  const plan = createRollbackPlan({
    ...publication,
    configId: config.id,
    pin,
    versions,
    present,
    live,
    stored,
  })
  log.plan(plan)
  const [code, gone] = listUnavailable(plan)
  if (code && !pin.partial && !look.poke.planOnly) throw new SyncError(code, { data: { secrets: gone } })
  const secrets = [...versions].map(([name, versionId]) => ({ name, versionId }))
  return {
    ...{ ...publication, ...moved, target, live, known, dependencies: known },
    plan: withLeftBehind(plan, moved.leftBehind),
    set: { secrets, disabled: [] },
    desired: new Map(),
  }
}

/** What the config has, and what it had at the point that it goes back to. */
async function readHistory(
  { state }: Pick<SyncDependencies, 'state'>,
  { head }: Look,
  { config, pin }: PinnedTarget,
) {
  const generation = head?.generation ?? 0
  const [known, inventory, entries] = await Promise.all([
    state.readDependencies(config.id, generation),
    state.readInventory(config.id, generation),
    state.listHistory(config.id, searchedEntries),
  ])
  if (!entries.some(({ at }) => at === pin.entryAt)) {
    throw new SyncError('RevisionNotInHistory', { data: { entryAt: pin.entryAt } })
  }
  const unconfirmed = entries.filter(({ at }) => at > (head?.historyAt ?? ''))
  const now = listKnownVersions(inventory, unconfirmed)
  return { inventory, known, versions: listVersionsAt(now, { entries, entryAt: pin.entryAt }) }
}

function listPresent(
  inventory: readonly InventoryEntry[],
  live: ReadonlyMap<SecretName, Live>,
): SecretName[] {
  return inventory.map(({ name }) => name).filter((name) => live.has(name))
}

/** What the store has, and of the secrets that are to move also which versions. */
async function observeStored(store: SecretStore, versions: KnownVersions, observation: Observation) {
  const { wanted } = observation
  const seen = await observeSecrets(store, observation)
  const unsure = wanted.filter((name) => {
    const live = seen.live.get(name)
    const isToChange = live?.deletionAt !== undefined || isToMove(live, versions.get(name))
    return isToChange && seen.listed.has(name)
  })
  const { live } = await describeAgain(store, seen, unsure)
  const moving = wanted.filter((name) => isToMove(live.get(name), versions.get(name)))
  return { live, stored: await listStored(store, moving) }
}

async function listStored(
  store: SecretStore,
  names: readonly SecretName[],
): Promise<RollbackInput['stored']> {
  const limited = createLimiter(listsAtATime)
  const listed = await Promise.all(
    names.map(async (name) => [name, await limited(() => listVersions(store, name))] as const),
  )
  return new Map(listed)
}

/** A deployment may keep the values of parameters shut, and with them their former versions. */
async function listVersions(store: SecretStore, name: SecretName): Promise<StoredVersions | 'unreadable'> {
  try {
    return await store.listVersions(name)
  } catch (thrown) {
    if (isParameter(name) && isSyncError(thrown, 'StoreAccessDenied')) return 'unreadable'
    throw thrown
  }
}

import { authorizeNames } from '../../core/config/policy/authorize.ts'
import { createPlan } from '../../core/plan/create-plan.ts'
import { isGroupChange } from '../../core/plan/group/atomic-group.ts'
import { formatOwnerPrefix } from '../../core/plan/identity/ownership.ts'
import type { Live, Plan } from '../../core/plan/plan.ts'
import { withLeftBehind } from '../../core/plan/prune/left-behind.ts'
import { isReplicaLookDue } from '../../core/plan/replica-looks.ts'
import type { Desired, SecretName, SecretSet, WantedSet } from '../../core/secrets/desired.ts'
import { createSecretSet } from '../../core/secrets/secret-set.ts'
import type { Dependency, InventoryEntry, LeftBehind } from '../../core/state/records.ts'
import { formatTime, parseTime } from '../../core/time.ts'
import type { SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { type LoadedSecrets, loadSecrets } from '../load/load-secrets.ts'
import type { Look, SourceTarget, Target } from '../look.ts'
import type { StepLog } from '../step-log.ts'
import { lookBehind } from './look-behind.ts'
import { describeAgain, type Observed, observeSecrets } from './observe-secrets.ts'
import { openPublication, type Publication } from './open-publication.ts'

/** A plan and what it takes to carry it out. */
export interface PlannedSync extends Publication {
  readonly target: Target
  readonly plan: Plan
  /** What the store is to hold afterwards. */
  readonly set: WantedSet
  /** The values of what is to be written, by name. */
  readonly desired: ReadonlyMap<SecretName, Desired>
  readonly inventory: readonly InventoryEntry[]
  /** What the store has under the wanted names and those of the inventory. */
  readonly live: ReadonlyMap<SecretName, Live>
  /** What it has in places that it has left. */
  readonly leftBehind: readonly LeftBehind[]
  /** Whether the inventory has entries again that the lists in force do not have. */
  readonly isBack: boolean
  /** What the last build and this one read or looked for. */
  readonly known: readonly Dependency[]
  readonly dependencies: readonly Dependency[]
}

/** The first half of a sync: load ▸ build ▸ shape ▸ observe ▸ plan. Writes nothing and reads no value of the store. */
export async function planSync(
  dependencies: SyncDependencies,
  look: Look,
  { target, log }: { readonly target: SourceTarget; readonly log: StepLog },
): Promise<PlannedSync> {
  const { config } = target
  const [known, listed] = await readLists(dependencies, look)
  const loaded = await log.step('load', () => loadSecrets(dependencies, target, known))
  const publication = await openPublication(dependencies, config)
  const moved = await lookBehind(dependencies, look, { config, inventory: listed, publication })
  const { inventory } = moved
  const set = await log.step('shape', async () => shapeSecrets(target, loaded, { publication, inventory }))
  const wanted = set.secrets.map(({ name }) => name)
  authorizeNames(dependencies.policy, config, [...wanted, ...config.adopt.map(({ name }) => name)])
  const observed = await log.step('observe', () =>
    observeSecrets(publication.store, {
      wanted,
      inventory,
      begun: look.head?.lease?.writes.map(({ name }) => name) ?? [],
      ownerPrefix: formatOwnerPrefix(config.id),
      now: look.startedAt,
      looksAtReplicas: wantsReplicas(look, target),
    }),
  )
  const planFor = (live: ReadonlyMap<SecretName, Live>) =>
    createPlan({
      ...publication,
      config,
      revision: target.mark.revision,
      set,
      live,
      inventory,
      pruned: look.head?.pruned ?? [],
      now: formatTime(look.startedAt),
      approved: readApproval(look),
    })
  const isKnown = new Set(inventory.map(({ name }) => name))
  const strangers = config.publish === 'atomic' ? wanted.filter((name) => !isKnown.has(name)) : []
  const { plan, live } = await confirmPlan(publication.store, { observed, strangers }, planFor)
  log.plan(plan)
  return {
    ...{ ...publication, ...moved, target, set, live, known },
    plan: withLeftBehind(plan, moved.leftBehind),
    desired: new Map(set.secrets.map((desired) => [desired.name, desired])),
    dependencies: loaded.dependencies,
  }
}

/** What the last sync read, and what the config has written. */
async function readLists({ state }: Pick<SyncDependencies, 'state'>, { poke, head }: Look) {
  const generation = head?.generation ?? 0
  return await Promise.all([
    state.readDependencies(poke.id, generation),
    state.readInventory(poke.id, generation),
  ])
}

/** A config that has wanted none before is not due yet, and one that has failed counts as such until it is seen. */
function wantsReplicas({ head, startedAt }: Look, { config, mark }: SourceTarget): boolean {
  if (config.aws.replicaRegions.length === 0) return false
  return (
    !head ||
    isReplicaLookDue(head, startedAt) ||
    head.status.conditions.some(({ reason }) => reason === 'ReplicaFailed') ||
    head.applied?.specDigest !== mark.specDigest
  )
}

function readApproval({ intent, startedAt }: Look): string | undefined {
  const approval = intent?.approval
  return approval && parseTime(approval.expiresAt) > startedAt ? approval.digest : undefined
}

/**
 * A list may be minutes old: nothing is planned that a second look at the secret itself does not bear out. Of a group
 * nothing stays behind either: `strangers` may have been written lately although the state does not know it.
 */
async function confirmPlan(
  store: SecretStore,
  { observed, strangers }: { readonly observed: Observed; readonly strangers: readonly SecretName[] },
  planFor: (live: Observed['live']) => Plan,
): Promise<{ readonly plan: Plan; readonly live: Observed['live'] }> {
  const plan = planFor(observed.live)
  const changed = plan.changes.map(({ name }) => name)
  const named = plan.changes.some(isGroupChange) ? new Set([...changed, ...strangers]) : changed
  const unsure = [...named].filter((name) => observed.listed.has(name))
  if (unsure.length === 0) return { plan, live: observed.live }
  const { live } = await describeAgain(store, observed, unsure)
  return { plan: planFor(live), live }
}

function shapeSecrets(
  { config }: Target,
  loaded: LoadedSecrets,
  { publication, inventory }: { publication: Publication; inventory: readonly InventoryEntry[] },
): SecretSet {
  const { account, region, key } = publication.ownership
  return createSecretSet({
    ...loaded,
    config,
    target: { account, region },
    versionKey: key,
    // The brake holds what is left, and tells it from a path that was never right.
    mayBeEmpty: config.prune === 'schedule' && inventory.length > 0,
  })
}

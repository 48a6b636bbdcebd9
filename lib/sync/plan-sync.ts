import { authorizeNames } from '../core/config/authorize.ts'
import { createPlan } from '../core/plan/create-plan.ts'
import { judgeStanding, type Standing } from '../core/plan/judge-standing.ts'
import { formatOwner, formatOwnerPrefix, type OwnershipScope } from '../core/plan/ownership.ts'
import type { Live, Plan } from '../core/plan/plan.ts'
import type { Desired, SecretSet, Tags } from '../core/secrets/desired.ts'
import { createSecretSet } from '../core/secrets/secret-set.ts'
import type { Dependency, InventoryEntry } from '../core/state/records.ts'
import type { SecretStore } from '../ports.ts'
import type { SyncDependencies } from './dependencies.ts'
import { loadSecrets } from './load-secrets.ts'
import type { Look, Target } from './look.ts'
import { observeSecrets } from './observe-secrets.ts'
import type { StepLog } from './step-log.ts'

/** A plan and what it takes to carry it out. */
export interface PlannedSync {
  readonly target: Target
  readonly plan: Plan
  readonly set: SecretSet
  readonly inventory: readonly InventoryEntry[]
  /** What the last build and this one read or looked for. */
  readonly known: readonly Dependency[]
  readonly dependencies: readonly Dependency[]
  readonly store: SecretStore
  /** All tags that a secret is to carry, marks included. */
  readonly tagsOf: (desired: Desired) => Tags
  readonly standingOf: (live: Live) => Standing
}

/** The first half of a sync: load ▸ build ▸ shape ▸ observe ▸ plan. Writes nothing and reads no value of the store. */
export async function planSync(
  dependencies: SyncDependencies,
  look: Look,
  { target, log }: { readonly target: Target; readonly log: StepLog },
): Promise<PlannedSync> {
  const { config } = target.subject
  const generation = look.head?.generation ?? 0
  const known = await dependencies.state.readDependencies(config.id, generation)
  const loaded = await log.step('load', () => loadSecrets(dependencies, target, known))
  const [store, key] = await Promise.all([dependencies.stores(config), dependencies.versionKey()])
  const ownership: OwnershipScope = { key, deployment: dependencies.deployment, ...store.target }
  const set = await log.step('shape', async () =>
    createSecretSet({ ...loaded, config, target: store.target, versionKey: key }),
  )
  const wanted = set.secrets.map(({ name }) => name)
  authorizeNames(dependencies.policy, config, [...wanted, ...config.adopt.map(({ name }) => name)])
  const inventory = await dependencies.state.readInventory(config.id, generation)
  const live = await log.step('observe', () =>
    observeSecrets(store, {
      wanted,
      inventory,
      begun: look.head?.lease?.writes.map(({ name }) => name) ?? [],
      ownerPrefix: formatOwnerPrefix(config.id),
      now: look.startedAt,
    }),
  )
  const tagsOf = (desired: Desired): Tags => ({
    ...desired.tags,
    ...formatOwner(ownership, config.id, desired.name),
  })
  const plan = createPlan({ config, revision: target.mark.revision, set, live, inventory, ownership, tagsOf })
  log.plan(plan)
  const standingOf = (live: Live) => judgeStanding(ownership, config, live)
  return { target, plan, set, inventory, known, dependencies: loaded.dependencies, store, tagsOf, standingOf }
}

import type { Config } from '../../core/config/config.ts'
import { formatOwner, type OwnershipScope } from '../../core/plan/identity/ownership.ts'
import { judgeStanding, type Standing } from '../../core/plan/judge-standing.ts'
import type { Live } from '../../core/plan/plan.ts'
import type { Desired, Tags } from '../../core/secrets/desired.ts'
import type { SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { openStore } from './open-store.ts'

/** Where a config publishes to, and how it knows its own there. */
export interface Publication {
  readonly store: SecretStore
  readonly ownership: OwnershipScope
  /** All tags that a secret is to carry, marks included. */
  readonly tagsOf: (desired: Desired) => Tags
  readonly standingOf: (live: Live) => Standing
}

/** @throws {SyncError} VersionKeyUnavailable, StoreAccessDenied, StoreUnavailable */
export async function openPublication(
  dependencies: Pick<SyncDependencies, 'stores' | 'parameters' | 'versionKey' | 'deployment'>,
  config: Config,
): Promise<Publication> {
  const [store, key] = await Promise.all([openStore(dependencies, config), dependencies.versionKey()])
  const ownership: OwnershipScope = { key, deployment: dependencies.deployment, ...store.target }
  return {
    store,
    ownership,
    tagsOf: ({ name, tags }) => ({ ...tags, ...formatOwner(ownership, config.id, name) }),
    standingOf: (live) => judgeStanding(ownership, config, live),
  }
}

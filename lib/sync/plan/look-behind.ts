import type { Config } from '../../core/config/config.ts'
import { authorizeConfig } from '../../core/config/policy/authorize.ts'
import { toSyncError } from '../../core/errors.ts'
import { type MovedInventory, moveInventory } from '../../core/plan/prune/left-behind.ts'
import type { InventoryEntry, LeftBehind } from '../../core/state/records.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { createLimiter } from '../limit-concurrency.ts'
import type { Look } from '../look.ts'
import { openPublication, type Publication } from './open-publication.ts'

const describesAtATime = 20

/**
 * What a config has where it publishes to, and what it has left elsewhere. Somebody who asks for a look has the other
 * places looked at too, where that is still permitted: what is gone from there is listed no more. Nothing is written.
 */
export async function lookBehind(
  dependencies: SyncDependencies,
  { head, poke }: Pick<Look, 'head' | 'poke'>,
  {
    config,
    inventory,
    publication,
  }: {
    readonly config: Config
    readonly inventory: readonly InventoryEntry[]
    readonly publication: Publication
  },
): Promise<MovedInventory> {
  const moved = moveInventory(head, inventory, publication.store.target)
  if (poke.trigger !== 'manual') return moved
  const looked = await Promise.all(moved.leftBehind.map((place) => lookAgain(dependencies, config, place)))
  return { ...moved, leftBehind: looked.filter(({ secrets }) => secrets.length > 0) }
}

/** A place that does not answer stays as it was. */
async function lookAgain(
  dependencies: SyncDependencies,
  config: Config,
  place: LeftBehind,
): Promise<LeftBehind> {
  const { roleArn: _, ...aws } = config.aws
  const { account, region, roleArn, secrets } = place
  const there = { ...config, aws: { ...aws, region, ...(roleArn === undefined ? {} : { roleArn }) } }
  try {
    authorizeConfig(dependencies.policy, there)
    const { store, standingOf } = await openPublication(dependencies, there)
    if (store.target.account !== account) return place
    const limited = createLimiter(describesAtATime)
    const live = await Promise.all(secrets.map(({ name }) => limited(() => store.describe(name))))
    const isLeft = (index: number) => {
      const secret = live[index]
      return secret?.deletionAt === undefined && secret != null && standingOf(secret).kind === 'ours'
    }
    return { ...place, secrets: secrets.filter((_secret, index) => isLeft(index)) }
  } catch (thrown) {
    const { code } = toSyncError(thrown)
    dependencies.telemetry.log('warn', 'place not looked at', { configId: config.id, code })
    return place
  }
}

import type { Config } from '../../core/config/config.ts'
import { SyncError } from '../../core/errors.ts'
import { judgeGroup, type Member } from '../../core/plan/group/atomic-group.ts'
import type { Live } from '../../core/plan/plan.ts'
import type { SecretName } from '../../core/secrets/desired.ts'
import type { Lease } from '../../core/state/records.ts'
import type { SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { createLimiter } from '../limit-concurrency.ts'
import { openPublication } from '../plan/open-publication.ts'
import { moveGroup, undoGroup } from './move-group.ts'

const describesAtATime = 20

/**
 * Makes a group whole that a run has left half published: the rest follows, or what has moved goes back. Needs nothing
 * but what the run has written down before it began, so that it works while Git or a key cannot be reached.
 * @throws {SyncError} GroupMixed, and what looking at secrets throws
 */
export async function settleGroup(
  dependencies: SyncDependencies,
  config: Config,
  { writes }: Pick<Lease, 'writes'>,
): Promise<void> {
  const members = writes.flatMap(({ name, from, versionId: to }): Member[] =>
    from === undefined || to === undefined ? [] : [{ name, from, to }],
  )
  if (members.length === 0) return
  const { store, standingOf } = await openPublication(dependencies, config)
  const live = await describeAll(store, members)
  const ours = new Map([...live].filter(([, secret]) => standingOf(secret).kind === 'ours'))
  const mixed = await settle(store, judgeGroup(members, ours))
  if (mixed.size > 0) throw new SyncError('GroupMixed', { data: { secrets: [...mixed] } })
}

/** @returns what is left apart from the rest */
async function settle(
  store: SecretStore,
  state: ReturnType<typeof judgeGroup>,
): Promise<ReadonlySet<SecretName>> {
  if (state.step === 'resume') return (await moveGroup(store, state)).mixed
  return state.step === 'undo' ? await undoGroup(store, state.moved) : new Set()
}

async function describeAll(
  store: SecretStore,
  members: readonly Member[],
): Promise<ReadonlyMap<SecretName, Live>> {
  const limited = createLimiter(describesAtATime)
  const found = await Promise.all(members.map(({ name }) => limited(() => store.describe(name))))
  return new Map(found.flatMap((live) => (live ? [[live.name, live]] : [])))
}

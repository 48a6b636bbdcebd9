import { digestJson } from '../../core/config/digest.ts'
import { isSyncError } from '../../core/errors.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import { listUntold } from '../../core/status/wanted-elsewhere.ts'
import { formatTime } from '../../core/time.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'

/**
 * Tells each config of `heads` which of its names other configs want, and nothing where it says so already. One that
 * somebody else writes at the same time is told by a later sweep.
 * @returns the heads as they are then, in the same order
 * @throws {SyncError} StateUnavailable
 */
export async function tellOwners(
  { state, policy, clock }: Pick<SyncDependencies, 'state' | 'policy' | 'clock'>,
  heads: readonly ConfigHead[],
): Promise<readonly ConfigHead[]> {
  const told = new Map<ConfigHead, ConfigHead>()
  const isShared = policy.tenancy === 'single'
  for (const { before, after } of listUntold(heads, { isShared, at: formatTime(clock.now()) })) {
    if (await writeQuietly(state, before, after)) told.set(before, after)
  }
  return heads.map((head) => told.get(head) ?? head)
}

/** @returns whether the head is written */
async function writeQuietly(
  state: Pick<SyncDependencies['state'], 'writeHead'>,
  before: ConfigHead,
  after: ConfigHead,
): Promise<boolean> {
  try {
    await state.writeHead(after, before)
    return true
  } catch (thrown) {
    if (isSyncError(thrown, 'StateConflict', 'StateTooNew')) return false
    throw thrown
  }
}

/**
 * Tells the owners of what a config wants as soon as that has changed, and pokes them, so that their resources show it.
 * What cannot be told now is told by the next sweep, and nobody is held up by it.
 */
export async function tellOwnersOf(
  dependencies: SyncDependencies,
  { poke, head: before }: Pick<Look, 'poke' | 'head'>,
  head: ConfigHead,
): Promise<void> {
  if (digestJson(before?.ownedElsewhere) === digestJson(head.ownedElsewhere)) return
  try {
    const heads = await dependencies.state.listHeads()
    const told = await tellOwners(dependencies, heads)
    const owners = told.filter((after, index) => after !== heads[index])
    if (owners.length > 0) await pokeOwners(dependencies, owners)
  } catch (thrown) {
    if (!isSyncError(thrown)) throw thrown
    const fields = { configId: head.id, requestId: poke.requestId, code: thrown.code }
    dependencies.telemetry.log('warn', 'owners not told', fields)
  }
}

async function pokeOwners(
  { queue, clock }: Pick<SyncDependencies, 'queue' | 'clock'>,
  owners: readonly ConfigHead[],
): Promise<void> {
  const requestedAt = formatTime(clock.now())
  await queue.send(
    owners.map(({ id }) => ({
      poke: { v: 1, kind: 'config', id, trigger: 'fan-out', requestId: `told-${requestedAt}`, requestedAt },
      dedupId: `${id}@${requestedAt}`,
    })),
  )
}

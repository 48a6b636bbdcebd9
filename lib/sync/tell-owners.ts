import { isSyncError } from '../core/errors.ts'
import type { ConfigHead } from '../core/state/records.ts'
import { listUntold } from '../core/status/wanted-elsewhere.ts'
import { formatTime } from '../core/time.ts'
import type { SyncDependencies } from './dependencies.ts'

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

import { type ErrorCode, isSyncError, toSyncError } from '../../core/errors.ts'
import type { Member } from '../../core/plan/group/atomic-group.ts'
import type { Live } from '../../core/plan/plan.ts'
import type { SecretName, VersionId } from '../../core/secrets/desired.ts'
import type { SecretStore } from '../../ports.ts'
import { createLimiter } from '../limit-concurrency.ts'

/** Moves that are under way at a time: the group is mixed for as long as they take. */
const movesAtATime = 10

export interface GroupMove {
  /** Why single secrets could not be moved; then all others were moved back. Empty where the group has moved. */
  readonly failures: ReadonlyMap<SecretName, ErrorCode>
  /** What could not be moved back either: the next look goes on from there. */
  readonly mixed: ReadonlySet<SecretName>
}

/**
 * Moves AWSCURRENT of each pending member by compare-and-swap, and back again of all members where one does not move,
 * also of those that may have moved unheard. `moved` have been moved before.
 */
export async function moveGroup(
  store: SecretStore,
  { pending, moved }: { readonly pending: readonly Member[]; readonly moved: readonly Member[] },
  wait: (member: Member) => Promise<void> = async () => {},
): Promise<GroupMove> {
  const failed = await moveEach(store, pending, wait)
  const failures = new Map([...failed].map(([{ name }, { code }]) => [name, code]))
  if (failed.size === 0) return { failures, mixed: new Set() }
  const followed = pending.filter((member) => mayBeAt(member.to, failed.get(member)))
  return { failures, mixed: await undoGroup(store, [...moved, ...followed]) }
}

/** Moves the labels of members back. @returns those that may not have gone; what others have moved on is none */
export async function undoGroup(
  store: SecretStore,
  moved: readonly Member[],
): Promise<ReadonlySet<SecretName>> {
  const back = moved.map(({ name, from, to }) => ({ name, from: to, to: from }))
  const failed = await moveEach(store, back)
  return new Set(back.filter((member) => isHeldAt(member.from, failed.get(member))).map(({ name }) => name))
}

/** Why a label did not move, and where it is as far as the store says so. */
interface Failure {
  readonly code: ErrorCode
  readonly seen: Pick<Live, 'current'> | null | 'unknown'
}

function mayBeAt(versionId: VersionId, failure: Failure | undefined): boolean {
  return failure === undefined || isHeldAt(versionId, failure)
}

function isHeldAt(versionId: VersionId, failure: Failure | undefined): boolean {
  return failure?.seen === 'unknown' || failure?.seen?.current === versionId
}

/** The members that did not move. */
async function moveEach(
  store: SecretStore,
  members: readonly Member[],
  wait: (member: Member) => Promise<void> = async () => {},
): Promise<ReadonlyMap<Member, Failure>> {
  const limited = createLimiter(movesAtATime)
  const tried = await Promise.all(
    members.map((member) =>
      limited(async () => {
        await wait(member)
        const failure = await move(store, member)
        return failure ? ([[member, failure]] as const) : []
      }),
    ),
  )
  return new Map(tried.flat())
}

/** The answer may have been lost, or another run was faster. */
async function move(store: SecretStore, { name, from, to }: Member): Promise<Failure | null> {
  try {
    await store.moveCurrent(name, to, from)
    return null
  } catch (thrown) {
    const { code } = toSyncError(thrown)
    const seen = await look(store, name)
    return seen !== 'unknown' && seen?.current === to ? null : { code, seen }
  }
}

async function look(store: SecretStore, name: SecretName): Promise<Failure['seen']> {
  try {
    return await store.describe(name)
  } catch (thrown) {
    if (isSyncError(thrown)) return 'unknown'
    throw thrown
  }
}

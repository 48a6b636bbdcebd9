import { type ErrorCode, isSyncError, toSyncError } from '../core/errors.ts'
import type { Member } from '../core/plan/atomic-group.ts'
import type { SecretName } from '../core/secrets/desired.ts'
import type { SecretStore } from '../ports.ts'
import { createLimiter } from './limit-concurrency.ts'

/** Moves that are under way at a time: the group is mixed for as long as they take. */
const movesAtATime = 10

export interface GroupMove {
  /** Why single secrets could not be moved; then all others were moved back. Empty where the group has moved. */
  readonly failures: ReadonlyMap<SecretName, ErrorCode>
  /** What could not be moved back either: the next look goes on from there. */
  readonly mixed: ReadonlySet<SecretName>
}

/**
 * Moves AWSCURRENT of each pending member by compare-and-swap, and back again of all members where one does not move.
 * `moved` have been moved before.
 */
export async function moveGroup(
  store: SecretStore,
  { pending, moved }: { readonly pending: readonly Member[]; readonly moved: readonly Member[] },
  wait: (member: Member) => Promise<void> = async () => {},
): Promise<GroupMove> {
  const tried = await moveEach(store, pending, wait)
  const failures = new Map([...tried].flatMap(([{ name }, code]) => (code === null ? [] : [[name, code]])))
  if (failures.size === 0) return { failures, mixed: new Set() }
  const followed = pending.filter(({ name }) => !failures.has(name))
  return { failures, mixed: await undoGroup(store, [...moved, ...followed]) }
}

/** Moves the labels of members back. @returns those that did not go */
export async function undoGroup(
  store: SecretStore,
  moved: readonly Member[],
): Promise<ReadonlySet<SecretName>> {
  const back = moved.map(({ name, from, to }) => ({ name, from: to, to: from }))
  const tried = await moveEach(store, back)
  return new Set([...tried].flatMap(([{ name }, code]) => (code === null ? [] : [name])))
}

/** Why each member did not move, or `null` where it did. */
async function moveEach(
  store: SecretStore,
  members: readonly Member[],
  wait: (member: Member) => Promise<void> = async () => {},
): Promise<ReadonlyMap<Member, ErrorCode | null>> {
  const limited = createLimiter(movesAtATime)
  const tried = await Promise.all(
    members.map(
      async (member) =>
        [
          member,
          await limited(async () => {
            await wait(member)
            return await move(store, member)
          }),
        ] as const,
    ),
  )
  return new Map(tried)
}

async function move(store: SecretStore, { name, from, to }: Member): Promise<ErrorCode | null> {
  try {
    await store.moveCurrent(name, to, from)
    return null
  } catch (thrown) {
    const { code } = toSyncError(thrown)
    return (await isAt(store, { name, to })) ? null : code
  }
}

/** The answer may have been lost, or another run was faster. */
async function isAt(store: SecretStore, { name, to }: Pick<Member, 'name' | 'to'>): Promise<boolean> {
  try {
    return (await store.describe(name))?.current === to
  } catch (thrown) {
    if (isSyncError(thrown)) return false
    throw thrown
  }
}

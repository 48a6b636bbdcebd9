import type { Config } from '../../config/config.ts'
import { digestJson } from '../../config/digest.ts'
import { isParameter } from '../../parameters/parameter-name.ts'
import type { SecretName, SecretSet } from '../../secrets/desired.ts'
import type { InventoryEntry } from '../../state/records.ts'
import type { IsoTime } from '../../time.ts'
import type { OwnershipScope } from '../identity/ownership.ts'
import { judgeStanding } from '../judge-standing.ts'
import type { Change, Hold, Live, Pruning } from '../plan.ts'
import { countLosses, findBrake, type Losses } from './brake.ts'
import { findMoves, type Move } from './find-moves.ts'
import { listCountedDays, type PrunedDay } from './pruned-days.ts'

export interface PruningInput {
  readonly config: Pick<Config, 'id' | 'uid' | 'prune' | 'recoveryWindowDays' | 'adopt'>
  readonly set: SecretSet
  readonly live: ReadonlyMap<SecretName, Live>
  /** Every name that the config has written so far. */
  readonly inventory: readonly Pick<InventoryEntry, 'name' | 'uid' | 'origin'>[]
  readonly ownership: OwnershipScope
  /** What the config lost lately. */
  readonly pruned: readonly PrunedDay[]
  readonly now: IsoTime
  /** The digest of the deletions that somebody has approved. */
  readonly approved?: string | undefined
}

/** What becomes of the secrets that Git no longer names: nothing is planned for them where `pruning` is held. */
export interface PlannedPruning {
  readonly changes: readonly Extract<Change, { action: 'delete' }>[]
  readonly pruning?: Pruning
}

/**
 * Only what the inventory and the mark both call ours is ever taken away, and a disabled secret is still named. The
 * other changes of the plan come first: nothing is deleted beside a conflict, but for one about copies.
 */
export function planPruning(input: PruningInput, changes: readonly Change[]): PlannedPruning {
  const { config, inventory } = input
  const lost = config.prune === 'off' ? [] : listLost(input)
  const unwanted = lost.filter(({ deletionAt }) => deletionAt === undefined).map(({ name }) => name)
  if (unwanted.length === 0) return { changes: [] }
  const days = listCountedDays(input.pruned, input.now)
  const losses = countLosses(days, { planned: unwanted.length, present: inventory.length })
  const digest = digestLost(input, lost)
  const moves = findMoves(unwanted, { inventory, wanted: input.set.secrets })
  const held = findHold(input, { unwanted, digest, losses, moves, changes })
  const pruning: Pruning = {
    unwanted,
    ...(moves.length > 0 && { moves }),
    digest,
    ...losses,
    ...(held === null ? {} : { held }),
  }
  if (held !== null) return { changes: [], pruning }
  return { changes: unwanted.map((name) => planDeletion(name, config, moves)), pruning }
}

function planDeletion(
  name: SecretName,
  { recoveryWindowDays }: PruningInput['config'],
  moves: readonly Move[],
): PlannedPruning['changes'][number] {
  const movedTo = moves.filter(({ from }) => from === name).map(({ to }) => to)
  return {
    action: 'delete',
    name,
    because: movedTo.length > 0 ? 'moved' : 'no-longer-wanted',
    // Parameter Store knows no recovery window.
    recoveryWindowDays: isParameter(name) ? 0 : recoveryWindowDays,
    ...(movedTo.length > 0 && { movedTo }),
  }
}

/** What is ours and has no name in Git, also what is scheduled for deletion already. */
function listLost({ config, set, live, inventory, ownership }: PruningInput): Live[] {
  const named = new Set([...set.secrets.map(({ name }) => name), ...set.disabled])
  return inventory
    .flatMap(({ name }) => (named.has(name) ? [] : (live.get(name) ?? [])))
    .filter((secret) => judgeStanding(ownership, config, secret).kind === 'ours')
}

/** The digest stays the same while the deletions that it names are carried out one by one. */
function digestLost({ config, ownership }: PruningInput, lost: readonly Live[]): string {
  const { account, region } = ownership
  return digestJson({ config: config.id, account, region, names: lost.map(({ name }) => name) })
}

interface Doomed {
  readonly unwanted: readonly SecretName[]
  readonly digest: string
  readonly losses: Losses
  readonly moves: readonly Move[]
  readonly changes: readonly Change[]
}

/** A copy that has failed holds up nothing but the deletion of what has moved to that secret. */
function isInTheWay(change: Change, moves: readonly Move[]): boolean {
  if (change.action !== 'conflict') return false
  return change.code !== 'ReplicaFailed' || moves.some(({ to }) => to === change.name)
}

/**
 * Why nothing is deleted now. A config that was made anew under its old name only reports what the old one left. What
 * waits for a person goes ahead where one has approved exactly that.
 */
function findHold(
  { config, set, inventory, approved }: PruningInput,
  { unwanted, digest, losses, moves, changes }: Doomed,
): Hold | null {
  if (config.prune !== 'schedule') return 'report'
  if (changes.some((change) => isInTheWay(change, moves))) return 'conflict'
  if (approved === digest) return null
  const names = new Set(unwanted)
  if (inventory.some(({ name, uid }) => names.has(name) && uid !== config.uid)) return 'new-uid'
  return findBrake(losses, { wanted: set.secrets.length + set.disabled.length })
}

import { listKnownVersions } from '../../core/audit/known-versions.ts'
import { digestJson } from '../../core/config/digest.ts'
import { describePublishing } from '../../core/drift/sweep-schedule.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Outcome } from '../../core/plan/plan.ts'
import { isBraked } from '../../core/plan/prune/brake.ts'
import { listEnded } from '../../core/plan/prune/mark-ended.ts'
import { scheduleReplicaLook } from '../../core/plan/replica-looks.ts'
import type { ConfigHead, InventoryEntry } from '../../core/state/records.ts'
import { saysTheSame } from '../../core/state/same-head.ts'
import { chooseCode } from '../../core/status/choose-code.ts'
import { findNextDue } from '../../core/status/next-due.ts'
import { summarizeOutcomes } from '../../core/status/summarize.ts'
import { describeOwnedElsewhere } from '../../core/status/wanted-elsewhere.ts'
import { formatTime } from '../../core/time.ts'
import { claimHead, countPruned, createHead } from '../apply/begin-sync.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, SyncReport, Target } from '../look.ts'
import type { PlannedSync } from '../plan/plan-sync.ts'
import { describeWatching } from '../resolve/watch-source.ts'
import { tellOwnersOf } from '../sweep/tell-owners.ts'
import { appendHistory } from './append-history.ts'
import { isRewound } from './is-rewound.ts'
import { describeTrigger } from './show-status.ts'
import { takeStock } from './take-stock.ts'
import { tellEnd } from './tell-end.ts'
import { writeLists } from './write-lists.ts'

/** A plan that was carried out, wholly or in part. */
export interface PublishedSync extends PlannedSync {
  readonly outcomes: readonly Outcome[]
  /** The head as *begin* wrote it; `null` where there was nothing to write. */
  readonly begun: ConfigHead | null
}

/**
 * Writes what became of a sync, and nothing where nothing did: inventory and dependencies, history, then the head
 * that puts them in force.
 * @throws {SyncError} StateConflict where another run was faster
 */
export async function recordSync(
  dependencies: SyncDependencies,
  look: Look,
  ended: PublishedSync,
): Promise<SyncReport> {
  const { target, plan, outcomes } = ended
  const codes = listCodes(ended)
  const result = chooseCode(codes) ?? 'ReconciliationSucceeded'
  const { inventory, drift } = takeStock(ended, formatTime(dependencies.clock.now()))
  const published = {
    ...ended,
    begun: ended.begun ?? (await claimRecord(dependencies, look, { ended, inventory })),
  }
  const report: SyncReport = {
    configId: look.poke.id,
    result,
    revision: target.mark.revision,
    plan,
    outcomes,
    ...(drift.length > 0 ? { drift } : {}),
    ...((await isRewound(dependencies, look, target)) ? { isRewound: true } : {}),
  }
  const generation = await updateLists(dependencies, look, { published, inventory })
  const head = createRecord(dependencies, look, { published, codes, generation, secrets: inventory.length })
  const before = published.begun ?? look.head
  if (!before || !saysTheSame(before, head)) {
    const historyAt = await appendHistory(dependencies, look, {
      requestId: look.poke.requestId,
      trigger: look.poke.trigger,
      result,
      revision: report.revision,
      inventory: published.inventory,
      changes: {
        ...{ outcomes, inventory, drift, wanted: published.set.secrets },
        ended: listEnded(published.inventory, inventory),
      },
    })
    await dependencies.state.writeHead(historyAt === undefined ? head : { ...head, historyAt }, before)
    await tellOwnersOf(dependencies, look, head)
  }
  if (generation !== look.head?.generation) {
    await dependencies.state.dropGenerations(look.poke.id, generation)
  }
  await tellEnd(dependencies, look, { report, head, opened: target.opened })
  return report
}

/**
 * What was found, or lost, without a write is told once: of two runs that see it one goes on.
 * @returns the head as written; `null` where there is nothing of the kind
 */
async function claimRecord(
  { state }: SyncDependencies,
  look: Look,
  {
    ended: { inventory: before, target },
    inventory: after,
  }: { readonly ended: PublishedSync; readonly inventory: readonly InventoryEntry[] },
): Promise<ConfigHead | null> {
  const known = listKnownVersions(before, [])
  const isFound = [...listKnownVersions(after, [])].some(([name, versionId]) => known.get(name) !== versionId)
  if (!isFound && !listEnded(before, after).some((name) => known.has(name))) return null
  const { revision } = target.mark
  const lease = { trigger: look.poke.trigger, revision, writes: [] }
  return await claimHead(state, look, { head: look.head ?? createHead(look), lease })
}

/** Why the config is not wholly as Git says. */
function listCodes({ plan, outcomes }: PublishedSync): readonly ErrorCode[] {
  const failures = outcomes.flatMap(({ result, code }) =>
    result !== 'applied' && code !== undefined ? [code] : [],
  )
  return isBraked(plan.pruning) ? [...failures, 'PruneBraked'] : failures
}

interface Recorded {
  readonly published: PublishedSync
  readonly codes: readonly ErrorCode[]
  readonly generation: number
  /** How many the inventory has now. */
  readonly secrets: number
}

function createRecord(
  { clock }: SyncDependencies,
  look: Look,
  { published, codes, generation, secrets }: Recorded,
): ConfigHead {
  const { target, plan, outcomes, begun } = published
  const { config } = target
  const now = clock.now()
  const {
    lease: _,
    nextDueAt: __,
    intentId: ___,
    pruned: ____,
    replicasDueAt: ______,
    handledReconcileAt: _____,
    ownedElsewhere: _______,
    leftBehind: ________,
    ...before
  } = begun ?? look.head ?? createHead(look)
  const attempt = codes.length === 0 ? 0 : countAttempts(look.head, target) + 1
  const nextDueAt = findNextDue(codes, { attempt, now, chance: clock.random() })
  const occasion = { before: look.head?.status, at: formatTime(now) }
  return {
    ...before,
    ...(config.uid === undefined ? {} : { uid: config.uid }),
    status: summarizeOutcomes(
      config.generation === undefined ? occasion : { ...occasion, observedGeneration: config.generation },
      { plan, outcomes, ignoredFields: config.ignoredFields },
    ),
    attempted: target.mark,
    ...(codes.length === 0 ? { applied: { ...target.mark, appliedAt: formatTime(now) } } : {}),
    attempt,
    ...(nextDueAt === undefined ? {} : { nextDueAt }),
    lookedAt: target.resolvedAt,
    ...(look.intent ? { intentId: look.intent.requestId } : {}),
    ...describeTrigger(target.opened),
    ...scheduleReplicaLook(look.head, config.aws, look.startedAt),
    ...('subject' in target ? { watching: describeWatching(target.subject) } : {}),
    publishing: describePublishing(config, { ...published.store.target, secrets }),
    ...countPruned(look.head, { ...published, deletions: countDeleted(outcomes), now: formatTime(now) }),
    ...describeOwnedElsewhere(plan),
    ...(published.leftBehind.length > 0 ? { leftBehind: published.leftBehind } : {}),
    generation,
  }
}

function countDeleted(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ change, result }) => change.action === 'delete' && result === 'applied').length
}

/** Failures of another revision do not count against this one. */
function countAttempts(head: ConfigHead | null, { mark }: Target): number {
  return head?.attempted?.revision?.commit === mark.revision.commit ? head.attempt : 0
}

/** Writes the lists where one of them has changed. @returns the generation that is to be in force */
async function updateLists(
  sync: SyncDependencies,
  look: Look,
  { published, inventory }: { published: PublishedSync; inventory: readonly InventoryEntry[] },
): Promise<number> {
  const generation = look.head?.generation ?? 0
  const { dependencies, known, isBack } = published
  const isSame = digestJson([inventory, dependencies]) === digestJson([published.inventory, known])
  if (generation > 0 && isSame && !isBack) return generation
  return await writeLists(sync, look, { inventory, dependencies })
}

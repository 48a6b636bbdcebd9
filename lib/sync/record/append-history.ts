import { type Changes, describeChanges } from '../../core/audit/describe-changes.ts'
import { listKnownVersions } from '../../core/audit/known-versions.ts'
import type { HistoryEntry, HistoryOutcome, InventoryEntry } from '../../core/state/records.ts'
import { formatTime, type IsoTime, parseTime } from '../../core/time.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'
import { findActor } from './find-actor.ts'

/** What is to be added to the history of a config. */
export interface News extends Pick<HistoryEntry, 'requestId' | 'trigger' | 'revision' | 'result'> {
  readonly changes: Omit<Changes, 'known'>
  /** The inventory before. */
  readonly inventory: readonly InventoryEntry[]
}

/** So many runs in a row may end between the entry and the head that confirms it. */
const unconfirmedLimit = 20

/**
 * Adds an entry to the history of a config, before the head says that its run is done. A run that ended between the
 * two leaves an entry that the head does not know; what it says is not said again.
 * @returns `at` of the newest entry, for the head; `undefined` where there is none
 */
export async function appendHistory(
  dependencies: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  news: News,
): Promise<IsoTime | undefined> {
  const { state, clock } = dependencies
  const { head, poke } = look
  const unconfirmed = await listUnconfirmed(dependencies, look)
  const known = listKnownVersions(news.inventory, unconfirmed)
  const outcomes = describeChanges({ ...news.changes, known })
  const newestAt = unconfirmed[0]?.at ?? head?.historyAt
  if (!isNews(look, { ...news, outcomes }, unconfirmed[0])) return newestAt
  const { requestId, trigger, revision, result } = news
  const actor = isOrdered(look) ? look.intent?.actor : await findActor(dependencies, { requestId, revision })
  const at = formatTime(Math.max(clock.now(), newestAt === undefined ? 0 : parseTime(newestAt) + 1))
  const entry: HistoryEntry = { id: poke.id, at, requestId, trigger, revision, result, outcomes }
  await state.appendHistory(actor ? { ...entry, actor } : entry)
  return at
}

/** Entries, newest first, whose runs ended before the head could say so. */
export async function listUnconfirmed(
  { state }: Pick<SyncDependencies, 'state'>,
  { head, poke }: Pick<Look, 'head' | 'poke'>,
): Promise<readonly HistoryEntry[]> {
  const listed = await state.listHistory(poke.id, unconfirmedLimit)
  return listed.filter(({ at }) => at > (head?.historyAt ?? ''))
}

/** Whether this is the first look that obeys an intent. */
function isOrdered({ head, intent }: Look): boolean {
  return intent !== null && head?.intentId !== intent.requestId
}

/** What failed or waits as it did before, at the same revision, is in the history already. */
function isNews(
  { head, intent }: Look,
  news: Pick<HistoryEntry, 'revision' | 'result'> & { readonly outcomes: readonly HistoryOutcome[] },
  unconfirmed: HistoryEntry | undefined,
): boolean {
  if (news.outcomes.some(({ action, result }) => result === 'applied' || action === 'drifted')) return true
  const before = unconfirmed ?? {
    result: head?.status.conditions.find(({ type }) => type === 'Ready')?.reason,
    revision: head?.attempted?.revision,
  }
  if (before.result !== news.result || before.revision?.commit !== news.revision?.commit) return true
  return head?.intentId !== intent?.requestId && !unconfirmed
}

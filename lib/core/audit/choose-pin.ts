import { SyncError } from '../errors.ts'
import { formatRevision } from '../source/revision.ts'
import type { Revision } from '../source/source.ts'
import type { HistoryEntry } from '../state/records.ts'
import { changesVersion } from './changes-version.ts'
import type { Pin } from './intent.ts'

export interface PinChoice {
  /** A whole revision, or a commit by the beginning of its id; the revision before the present one where absent. */
  readonly to?: string
  /** Where the config stays already. */
  readonly pinned?: Pin
  readonly partial: boolean
}

/** So many entries of a history are searched. */
export const searchedEntries = 1_000

/** A recorded sync that ended with every secret as its revision said. */
interface Published {
  readonly at: HistoryEntry['at']
  readonly revision: Revision
}

const shortestCommit = /^[0-9a-f]{7,64}$/

/**
 * The point of a history that a config is to go back to; `entries` are newest first.
 * @throws {SyncError} RevisionNotInHistory, also where several commits begin with `to`
 */
export function choosePin(entries: readonly HistoryEntry[], { to, pinned, partial }: PinChoice): Pin {
  const published = entries.flatMap(({ at, revision, result }): Published[] =>
    revision && result === 'ReconciliationSucceeded' ? [{ at, revision }] : [],
  )
  const found =
    to === undefined ? findBefore(published, findPresent(entries, pinned)) : findRevision(published, to)
  return { revision: found.revision, entryAt: found.at, partial }
}

/**
 * What the store is at now: also a sync that failed half-way has changed something. A rollback that was carried out
 * brought it to where it was, and one that was not, since versions are gone, did not.
 */
function findPresent(entries: readonly HistoryEntry[], pinned: Pin | undefined): Published | undefined {
  for (const { at, revision, result, outcomes } of entries) {
    if (!revision || (result !== 'ReconciliationSucceeded' && !outcomes.some(changesVersion))) continue
    const isCarriedOut = pinned?.revision.commit === revision.commit
    return { revision, at: isCarriedOut ? pinned.entryAt : at }
  }
  return undefined
}

function findBefore(published: readonly Published[], present: Published | undefined): Published {
  const found =
    present &&
    published.find(({ at, revision }) => at < present.at && revision.commit !== present.revision.commit)
  if (!found) throw new SyncError('RevisionNotInHistory')
  return found
}

function findRevision(published: readonly Published[], to: string): Published {
  const matching = published.filter(({ revision }) => matches(revision, to))
  const commits = new Set(matching.map(({ revision }) => revision.commit))
  const [newest] = matching
  if (!newest || commits.size > 1) {
    throw new SyncError('RevisionNotInHistory', { data: { to, matches: commits.size } })
  }
  return newest
}

function matches(revision: Revision, to: string): boolean {
  return formatRevision(revision) === to || (shortestCommit.test(to) && revision.commit.startsWith(to))
}

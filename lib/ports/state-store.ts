import type { Intent } from '../core/audit/intent.ts'
import type { ConfigId } from '../core/config/config.ts'
import type { QuotaLease } from '../core/plan/pace/budget.ts'
import type {
  ConfigHead,
  Delivery,
  Dependency,
  HistoryEntry,
  InventoryEntry,
  RequestRecord,
  ResolvedRef,
  SweepProgress,
  Watcher,
} from '../core/state/records.ts'
import type { IsoTime } from '../core/time.ts'

/** What the service remembers. Names, ids and codes only; never a value, never a hash of one. */
export interface StateStore {
  readHead(id: ConfigId): Promise<ConfigHead | null>
  /**
   * Writes a head if it still is as `before` says (`null`: if there is none).
   * @throws {SyncError} StateConflict, StateTooNew
   */
  writeHead(head: ConfigHead, before: ConfigHead | null): Promise<void>
  /** Every head, in the order of ids. */
  listHeads(): Promise<readonly ConfigHead[]>
  /** Ids whose `nextDueAt` is not after `now`, oldest first. */
  listDue(now: IsoTime, limit: number): Promise<readonly ConfigId[]>

  readIntent(id: ConfigId): Promise<Intent | null>
  /**
   * Writes an intent if the present one still is as `before` says (`null`: if there is none).
   * @throws {SyncError} StateConflict, StateTooNew
   */
  writeIntent(intent: Intent, before: Intent | null): Promise<void>
  /** Every intent in force. */
  listIntents(): Promise<readonly Intent[]>

  /** Lists of one generation; the head names which generation is in force. */
  readInventory(id: ConfigId, generation: number): Promise<readonly InventoryEntry[]>
  writeInventory(id: ConfigId, generation: number, entries: readonly InventoryEntry[]): Promise<void>
  readDependencies(id: ConfigId, generation: number): Promise<readonly Dependency[]>
  writeDependencies(id: ConfigId, generation: number, entries: readonly Dependency[]): Promise<void>
  /** Removes the lists of older generations: newer ones are of a run that may be faster. */
  dropGenerations(id: ConfigId, keep: number): Promise<void>

  /** The configs that follow a repository. */
  listWatchers(repositoryKey: string): Promise<readonly Watcher[]>
  /** Adds or replaces the entry of `watcher.configId`. */
  writeWatcher(repositoryKey: string, watcher: Watcher): Promise<void>
  removeWatcher(repositoryKey: string, configId: ConfigId): Promise<void>
  readRef(repositoryKey: string, ref: string): Promise<ResolvedRef | null>
  writeRef(repositoryKey: string, ref: string, resolved: ResolvedRef): Promise<void>

  readDelivery(hash: string): Promise<Delivery | null>
  writeDelivery(delivery: Delivery, expiresAt: IsoTime): Promise<void>
  appendHistory(entry: HistoryEntry): Promise<void>
  /** Newest first. */
  listHistory(id: ConfigId, limit: number): Promise<readonly HistoryEntry[]>
  readRequest(requestId: string): Promise<RequestRecord | null>
  writeRequest(request: RequestRecord, expiresAt: IsoTime): Promise<void>

  readSweep(id: string): Promise<SweepProgress | null>
  writeSweep(progress: SweepProgress, expiresAt: IsoTime): Promise<void>
  removeSweep(id: string): Promise<void>

  /** The lease of write tokens of `<account>#<region>#<api>`. */
  readQuota(key: string): Promise<QuotaLease | null>
  /**
   * Writes a lease if the present one still is as `before` says (`null`: if there is none).
   * @throws {SyncError} StateConflict, StateTooNew
   */
  writeQuota(key: string, lease: QuotaLease, before: QuotaLease | null): Promise<void>

  /**
   * Takes the schedule's turn: resolves to the time of the turn before, or to `null` where another pass has taken
   * a turn since `now - minimumGapMs`.
   */
  takeTick(
    now: IsoTime,
    minimumGapMs: number,
  ): Promise<{ readonly previousAt: IsoTime | null; readonly stoppedAt: string | null } | null>
  /** Says where the pass that has the turn had to stop; the next `takeTick` tells it. `null` where it came to its end. */
  endTick(stoppedAt: string | null): Promise<void>
}

import type { ConfigId } from '../../lib/core/config/config.ts'
import type { HistoryEntry, RequestRecord } from '../../lib/core/state/records.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'
import type { BlameSecret } from '../../lib/sync/blame-secret.ts'
import type { ReadDelivery } from '../../lib/sync/read-delivery.ts'

/** The service as the commands see it: the running one through its API, or this process where none runs. */
export interface Controller {
  /** In the order of ids; configs that were never looked at are `Pending`. */
  listConfigs(): Promise<readonly ConfigSummary[]>
  /** @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  readConfig(id: ConfigId): Promise<ConfigDetail>
  /** Newest first. @throws {SyncError} ConfigNotFound */
  listHistory(id: ConfigId, limit: number): Promise<readonly HistoryEntry[]>
  /** Newest first. @throws {SyncError} SecretNotInHistory */
  blameSecret: BlameSecret
  /** @throws {SyncError} RequestNotFound */
  readDelivery: ReadDelivery
  /** Syncs or plans one config and waits for the answer. @throws {SyncError} ConfigNotFound */
  request(id: ConfigId, kind: RequestRecord['kind']): Promise<RequestRecord>
  close(): Promise<void>
}

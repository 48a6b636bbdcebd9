import type { RollbackOrder } from '../../lib/core/audit/parse-order.ts'
import type { Adoption, ConfigId } from '../../lib/core/config/config.ts'
import type { HistoryEntry, RequestRecord } from '../../lib/core/state/records.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'
import type { BlameSecret } from '../../lib/sync/blame-secret.ts'
import type { ReadDelivery } from '../../lib/sync/requests/read-delivery.ts'
import type { PlainRequest } from '../../lib/sync/requests.ts'

/** The service as the commands see it: the running one through its API, or this process where none runs. */
export interface Controller {
  /** In the order of ids; configs that were never looked at are `Pending`. */
  listConfigs(): Promise<readonly ConfigSummary[]>
  /** The whole id that `text` stands for. @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  findConfig(text: string): Promise<ConfigId>
  /** @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  readConfig(id: ConfigId): Promise<ConfigDetail>
  /** Newest first. @throws {SyncError} ConfigNotFound */
  listHistory(id: ConfigId, limit: number): Promise<readonly HistoryEntry[]>
  /** Newest first. @throws {SyncError} SecretNotInHistory */
  blameSecret: BlameSecret
  /** @throws {SyncError} RequestNotFound */
  readDelivery: ReadDelivery
  /** Asks for something and waits for the answer, as the next two do. @throws {SyncError} ConfigNotFound */
  request(id: ConfigId, kind: PlainRequest): Promise<RequestRecord>
  /** @throws {SyncError} ConfigNotFound, RevisionNotInHistory */
  rollback(id: ConfigId, order: RollbackOrder): Promise<RequestRecord>
  /** Approves the deletions of a digest. @throws {SyncError} ConfigNotFound */
  approve(id: ConfigId, digest: string): Promise<RequestRecord>
  /** Takes over a foreign secret or parameter. @throws {SyncError} ConfigNotFound */
  adopt(id: ConfigId, adoption: Adoption): Promise<RequestRecord>
  close(): Promise<void>
}

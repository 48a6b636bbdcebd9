import type { ConfigId } from '../../lib/core/config/config.ts'
import type { RequestRecord } from '../../lib/core/state/records.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'

/** The service as the commands see it: the running one through its API, or this process where none runs. */
export interface Controller {
  /** In the order of ids; configs that were never looked at are `Pending`. */
  listConfigs(): Promise<readonly ConfigSummary[]>
  /** @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  readConfig(id: ConfigId): Promise<ConfigDetail>
  /** Syncs or plans one config and waits for the answer. @throws {SyncError} ConfigNotFound */
  request(id: ConfigId, kind: RequestRecord['kind']): Promise<RequestRecord>
  close(): Promise<void>
}

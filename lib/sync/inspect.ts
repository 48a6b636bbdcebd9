import type { ConfigId } from '../core/config/config.ts'
import { matchConfigId } from '../core/config/config-id.ts'
import { SyncError } from '../core/errors.ts'
import type { Delivery, RequestRecord } from '../core/state/records.ts'
import {
  type ConfigDetail,
  type ConfigSummary,
  describeConfig,
  summarizeConfig,
} from '../core/status/describe-config.ts'
import type { StateStore } from '../ports.ts'

/** Reads what the service remembers. */
export interface Inspect {
  /** In the order of ids. */
  listConfigs(): Promise<readonly ConfigSummary[]>
  /**
   * The whole id that `text` stands for: the id itself, `<namespace>/<name>` or `<name>`.
   * @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous
   */
  findConfig(text: string): Promise<ConfigId>
  /** @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  readConfig(text: string): Promise<ConfigDetail>
  /** @throws {SyncError} RequestNotFound */
  readRequest(requestId: string): Promise<RequestRecord>
  /** @throws {SyncError} RequestNotFound */
  readDelivery(hash: string): Promise<Delivery>
}

/** Entries of the history that go with one config. */
const historyLimit = 20

export function createInspect(
  state: Pick<StateStore, 'listHeads' | 'readHead' | 'listHistory' | 'readRequest' | 'readDelivery'>,
): Inspect {
  const findHead = async (text: string) => {
    const id = isWholeId(text)
      ? text
      : matchConfigId(
          text,
          (await state.listHeads()).map((head) => head.id),
        )
    return (await state.readHead(id)) ?? refuse('ConfigNotFound', id)
  }
  return {
    listConfigs: async () => (await state.listHeads()).map(summarizeConfig),
    findConfig: async (text) => (await findHead(text)).id,
    readConfig: async (text) => {
      const head = await findHead(text)
      return describeConfig(head, await state.listHistory(head.id, historyLimit))
    },
    readRequest: async (requestId) =>
      (await state.readRequest(requestId)) ?? refuse('RequestNotFound', requestId),
    readDelivery: async (hash) => (await state.readDelivery(hash)) ?? refuse('RequestNotFound', hash),
  }
}

function isWholeId(text: string): boolean {
  return text.split('/').length === 3
}

function refuse(code: 'ConfigNotFound' | 'RequestNotFound', id: string): never {
  throw new SyncError(code, { data: { id } })
}

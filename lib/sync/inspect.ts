import type { ConfigId } from '../core/config/config.ts'
import { formatConfigId, isWholeConfigId, matchConfigId } from '../core/config/config-id.ts'
import { SyncError } from '../core/errors.ts'
import type { HistoryEntry, RequestRecord } from '../core/state/records.ts'
import {
  type ConfigDetail,
  type ConfigSummary,
  createUnseen,
  describeConfig,
  summarizeConfig,
} from '../core/status/describe-config.ts'
import type { ConfigSource, StateStore } from '../ports.ts'
import { createReadDelivery, type ReadDelivery } from './requests/read-delivery.ts'

/** Reads what the service remembers. */
export interface Inspect {
  /** In the order of ids; configs that were never looked at are `Pending`. */
  listConfigs(): Promise<readonly ConfigSummary[]>
  /**
   * The whole id that `text` stands for: the id itself, `<namespace>/<name>` or `<name>`.
   * @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous
   */
  findConfig(text: string): Promise<ConfigId>
  /** @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  readConfig(text: string): Promise<ConfigDetail>
  /** Newest first. @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous */
  listHistory(text: string, limit: number): Promise<readonly HistoryEntry[]>
  /** @throws {SyncError} RequestNotFound */
  readRequest(requestId: string): Promise<RequestRecord>
  /** @throws {SyncError} RequestNotFound */
  readDelivery: ReadDelivery
}

export interface InspectDependencies {
  readonly state: Pick<
    StateStore,
    'listHeads' | 'readHead' | 'listHistory' | 'listWatchers' | 'readRequest' | 'readDelivery'
  >
  /** Sources whose configs are shown before the state knows them; none where they are out of reach. */
  readonly configSources?: readonly Pick<ConfigSource, 'name' | 'listConfigs'>[]
}

/** Entries of the history that go with one config. */
const historyLimit = 20

export function createInspect({ state, configSources = [] }: InspectDependencies): Inspect {
  const listConfigs = async (): Promise<ConfigSummary[]> => {
    const heads = await state.listHeads()
    const seen = new Set(heads.map(({ id }) => id))
    const ids = (await Promise.all(configSources.map(listIds))).flat()
    return [...heads, ...ids.filter((id) => !seen.has(id)).map(createUnseen)]
      .map(summarizeConfig)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  const findConfig = async (text: string): Promise<ConfigId> => {
    if (isWholeConfigId(text) && (await state.readHead(text))) return text
    return matchConfigId(
      text,
      (await listConfigs()).map(({ id }) => id),
    )
  }
  return {
    listConfigs,
    findConfig,
    readConfig: async (text) => {
      const id = await findConfig(text)
      const head = await state.readHead(id)
      return describeConfig(head ?? createUnseen(id), await state.listHistory(id, historyLimit))
    },
    listHistory: async (text, limit) => await state.listHistory(await findConfig(text), limit),
    readRequest: async (requestId) => (await state.readRequest(requestId)) ?? refuse(requestId),
    readDelivery: createReadDelivery({ state }),
  }
}

async function listIds(source: Pick<ConfigSource, 'name' | 'listConfigs'>): Promise<ConfigId[]> {
  const { manifests } = await source.listConfigs()
  return manifests.map(({ metadata }) => formatConfigId({ ...metadata, source: source.name }))
}

function refuse(id: string): never {
  throw new SyncError('RequestNotFound', { data: { id } })
}

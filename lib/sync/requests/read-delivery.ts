import { type DeliveryEffect, type DeliveryFate, describeEffect } from '../../core/audit/delivery-effect.ts'
import type { ConfigId } from '../../core/config/config.ts'
import { SyncError } from '../../core/errors.ts'
import type { Delivery } from '../../core/state/records.ts'
import type { StateStore } from '../../ports.ts'
import { createLimiter } from '../limit-concurrency.ts'

/** What has become of a delivery, for each config that follows its repositories. @throws {SyncError} RequestNotFound */
export type ReadDelivery = (hash: string) => Promise<DeliveryFate>

export interface ReadDeliveryDependencies {
  readonly state: Pick<StateStore, 'readDelivery' | 'listWatchers' | 'readHead' | 'listHistory'>
}

const readsAtATime = 20
/** A delivery is forgotten after a day; so many entries of a config are searched for it. */
const searchedEntries = 20

export function createReadDelivery({ state }: ReadDeliveryDependencies): ReadDelivery {
  const limited = createLimiter(readsAtATime)
  const readEffect = async (delivery: Delivery, id: ConfigId): Promise<DeliveryEffect> => {
    const [head, entries] = await Promise.all([state.readHead(id), state.listHistory(id, searchedEntries)])
    return describeEffect(delivery, head ?? { id }, entries)
  }
  return async (hash) => {
    const delivery = await state.readDelivery(hash)
    if (!delivery) throw new SyncError('RequestNotFound', { data: { id: hash } })
    const watchers = await Promise.all(delivery.repositories.map((key) => state.listWatchers(key)))
    const ids = [...new Set(watchers.flat().map(({ configId }) => configId))].sort()
    const configs = await Promise.all(ids.map((id) => limited(() => readEffect(delivery, id))))
    return { ...delivery, configs }
  }
}

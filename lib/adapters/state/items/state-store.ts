import type { Clock, StateStore } from '../../../ports.ts'
import { createGenerations } from './generations.ts'
import { createHeads } from './heads.ts'
import { createIntents } from './intents.ts'
import { createQuotas } from './quotas.ts'
import { createRecords } from './records.ts'
import { createRepositories } from './repositories.ts'
import type { ItemTable } from './table.ts'
import { createTick } from './tick.ts'

/** The state store on any table of items: the layout is the same on a laptop and in AWS. */
export function createStateStore(table: ItemTable, clock: Pick<Clock, 'now'>): StateStore {
  return {
    ...createHeads(table),
    ...createGenerations(table),
    ...createIntents(table),
    ...createQuotas(table),
    ...createRepositories(table),
    ...createRecords(table, clock),
    ...createTick(table),
  }
}

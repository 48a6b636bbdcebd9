import type { Config, ConfigId } from '../core/config/config.ts'

/** Account and region whose secrets a store holds. */
export interface StoreTarget {
  readonly account: string
  readonly region: string
}

/** What decides which store it is, and by which right it is opened. */
export interface StorePlace {
  readonly id: ConfigId
  readonly aws: Pick<Config['aws'], 'region' | 'roleArn'>
}

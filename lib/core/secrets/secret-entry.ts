import type { Origin } from './desired.ts'
import type { Payload } from './payload.ts'

/** One value of an overlay, before it has a name in the store. */
export interface SecretEntry {
  readonly prefix: string
  /** Name of the Kubernetes Secret; `secrets` or `properties` in raw mode. */
  readonly object: string
  /** Absent where the object is one value as a whole. */
  readonly key?: string
  readonly origin: Origin
  readonly payload: Payload
}

/** A key that is there and switched off. */
export type DisabledEntry = Pick<SecretEntry, 'prefix' | 'object' | 'key'>

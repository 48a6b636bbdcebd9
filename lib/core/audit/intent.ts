import type { ConfigId } from '../config/config.ts'
import type { Revision } from '../source/source.ts'
import type { IsoTime } from '../time.ts'
import type { Actor } from './actor.ts'

/**
 * What operators want of a config, beside its spec. Only the API writes it and every look obeys it; no message
 * carries one.
 */
export interface Intent {
  readonly configId: ConfigId
  /** The request that said so. */
  readonly requestId: string
  readonly requestedAt: IsoTime
  readonly actor: Actor
  /** Nothing is to be done for the config. */
  readonly suspended: boolean
  /** What the config is to stay at, whatever Git says. */
  readonly pin?: Pin
}

/** A point in the history of a config. */
export interface Pin {
  readonly revision: Revision
  /** `at` of the entry after which the store was as it is to be. */
  readonly entryAt: IsoTime
  /** Whether what can be moved is to be moved where other versions are gone. */
  readonly partial: boolean
}

/** Whether the intent changes what a look does; one that was lifted does not. */
export function isInForce({ suspended, pin }: Intent): boolean {
  return suspended || pin !== undefined
}

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
  /** Deletions that may go ahead although a brake holds them. */
  readonly approval?: Approval
}

/** Deletions that somebody has seen and approved. */
export interface Approval {
  /** Of the deletions of one plan; no other deletion is meant. */
  readonly digest: string
  readonly expiresAt: IsoTime
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
export function isInForce({ suspended, pin, approval }: Intent): boolean {
  return suspended || pin !== undefined || approval !== undefined
}

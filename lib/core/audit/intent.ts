import type { Adoption, ConfigId } from '../config/config.ts'
import type { Revision } from '../source/source.ts'
import { type IsoTime, parseTime } from '../time.ts'
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
  /** What is to be taken over, beside what the spec lists. */
  readonly adoptions?: readonly OrderedAdoption[]
}

/** A foreign secret or parameter that somebody has ordered to be taken over. */
export interface OrderedAdoption extends Adoption {
  readonly expiresAt: IsoTime
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
export function isInForce({ suspended, pin, approval, adoptions }: Intent): boolean {
  return suspended || pin !== undefined || approval !== undefined || adoptions !== undefined
}

/** A config as its spec and the orders that still hold at `now` (milliseconds since the epoch) make it. */
export function withOrdered<Adopting extends { readonly adopt: readonly Adoption[] }>(
  config: Adopting,
  { adoptions = [] }: Pick<Intent, 'adoptions'>,
  now: number,
): Adopting {
  const ordered = adoptions.filter(({ expiresAt }) => parseTime(expiresAt) > now)
  const names = new Set(ordered.map(({ name }) => name))
  const adopt = [...config.adopt.filter(({ name }) => !names.has(name)), ...ordered]
  return ordered.length === 0 ? config : { ...config, adopt }
}

/** The orders that hold at `at`, with one more, which replaces one for the same name. */
export function addAdoption(
  before: readonly OrderedAdoption[] = [],
  added: OrderedAdoption,
  at: IsoTime,
): readonly OrderedAdoption[] {
  const others = before.filter(({ name, expiresAt }) => name !== added.name && expiresAt > at)
  return [...others, added]
}

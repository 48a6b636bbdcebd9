import type { IsoTime } from './time.ts'

/** What made the service look. */
export type Trigger = 'webhook' | 'schedule' | 'manual' | 'fan-out' | 'continuation' | 'drift'

/**
 * A message of the queues: a reason to look again, never a carrier of state. `id` is a repository key, an account
 * and region, or a config id, by `kind`.
 */
export interface Poke {
  readonly v: 1
  readonly kind: 'repository' | 'sweep' | 'config'
  readonly id: string
  readonly trigger: Trigger
  readonly requestId: string
  readonly requestedAt: IsoTime
  /** Only a manual poke: stop after the plan and keep it as the answer to `requestId`. */
  readonly planOnly?: true
}

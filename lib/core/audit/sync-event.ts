import type { ConfigId } from '../config/config.ts'
import type { ErrorCode } from '../errors.ts'
import type { Trigger } from '../poke.ts'
import type { IsoTime } from '../time.ts'

export const syncEventKinds = ['synced', 'failed', 'drifted', 'braked', 'pruned', 'rewound'] as const

/** What has happened to a config: a sync that changed something, one that failed, and what people want to know of. */
export type SyncEventKind = (typeof syncEventKinds)[number]

/** One event for others: ids, codes and counts, never a name of a secret. */
export interface SyncEvent {
  readonly kind: SyncEventKind
  readonly configId: ConfigId
  readonly requestId: string
  readonly trigger: Trigger
  readonly at: IsoTime
  /** Such as `main@sha1:<40 hex>`. */
  readonly revision?: string
  readonly code?: ErrorCode
  readonly counts: Readonly<Record<string, number>>
}

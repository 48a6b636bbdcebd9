import type { ErrorCode } from '../errors.ts'
import type { IsoTime } from '../time.ts'

export type Phase = 'Pending' | 'Updating' | 'Ready' | 'Retrying' | 'Failed' | 'PartialFailure' | 'Suspended'

/** A Kubernetes condition; `reason` is an error code or, where all is well, one of Flux's words. */
export interface Condition {
  readonly type:
    | 'Ready'
    | 'Reconciling'
    | 'Stalled'
    | 'FieldsIgnored'
    | 'Disabled'
    | 'Held'
    | 'Pinned'
    | 'Unwanted'
    | 'WantedElsewhere'
    | 'LeftBehind'
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: ErrorCode | 'ReconciliationSucceeded' | 'ReconciliationInProgress'
  readonly message: string
  readonly lastTransitionTime: IsoTime
}

/** The status of one config, as its resource shows it. */
export interface ConfigStatus {
  readonly phase: Phase
  readonly description: string
  readonly conditions: readonly Condition[]
  readonly observedGeneration?: number
  readonly lastReconcileTime?: IsoTime
  /** How many secrets of the config are as Git says. */
  readonly secretsSynced: number
}

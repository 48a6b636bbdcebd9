/** Metric names; none has a dimension that grows with the number of configs. */
export type Metric =
  | 'SyncDuration'
  | 'PushToCurrent'
  | 'ChangesApplied'
  | 'ChangesFailed'
  | 'SyncFailed'
  | 'DeliveriesAccepted'
  | 'DeliveriesRefused'
  | 'ConfigsPoked'

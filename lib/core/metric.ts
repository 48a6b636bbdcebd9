/** Metric names; none has a dimension that grows with the number of configs. */
export type Metric =
  | 'SyncDuration'
  | 'PushToCurrent'
  | 'ChangesApplied'
  | 'ChangesFailed'
  | 'ChangesDeferred'
  | 'SyncFailed'
  | 'DeliveriesAccepted'
  | 'DeliveriesRefused'
  | 'ConfigsPoked'
  | 'PassesEnded'

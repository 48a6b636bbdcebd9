/**
 * What is measured, and by what each measure is told apart. None has a dimension that grows with the number of configs:
 * each value of one is a metric of its own, and is paid for.
 */
export const metricDimensions = {
  SyncDuration: null,
  PushToCurrent: null,
  ChangesApplied: 'action',
  ChangesFailed: 'action',
  ChangesDeferred: 'action',
  SyncFailed: 'code',
  SweepFailed: 'code',
  SweepsFailed: null,
  DriftFound: 'kind',
  DriftRepaired: null,
  EventsLost: null,
  DeliveriesAccepted: null,
  DeliveriesRefused: 'code',
  QueueAge: 'queue',
  ConfigsPoked: null,
  PassesEnded: null,
} as const satisfies Readonly<Record<string, string | null>>

export type Metric = keyof typeof metricDimensions

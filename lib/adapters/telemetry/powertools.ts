import type { Logger } from '@aws-lambda-powertools/logger'
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Metric } from '../../core/metric.ts'
import type { Telemetry } from '../../ports.ts'
import { pickFields } from './pick-fields.ts'

const units = {
  SyncDuration: MetricUnit.Milliseconds,
  PushToCurrent: MetricUnit.Milliseconds,
  ChangesApplied: MetricUnit.Count,
  ChangesFailed: MetricUnit.Count,
  ChangesDeferred: MetricUnit.Count,
  SyncFailed: MetricUnit.Count,
  SweepFailed: MetricUnit.Count,
  SweepsFailed: MetricUnit.Count,
  DriftFound: MetricUnit.Count,
  DriftRepaired: MetricUnit.Count,
  EventsLost: MetricUnit.Count,
  DeliveriesAccepted: MetricUnit.Count,
  DeliveriesRefused: MetricUnit.Count,
  QueueAge: MetricUnit.Milliseconds,
  ConfigsPoked: MetricUnit.Count,
  PassesEnded: MetricUnit.Count,
} as const satisfies Record<Metric, string>

/** What is used of the two tools. */
export interface Powertools {
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  readonly metrics: Pick<Metrics, 'singleMetric'>
}

/**
 * Logs and metrics (embedded metric format) for CloudWatch. Only the allowed fields reach the tools: they would print
 * an Error with its message, stack and cause, and an event as a whole.
 */
export function createPowertoolsTelemetry({ logger, metrics }: Powertools): Telemetry {
  return {
    log: (level, message, fields = {}) => logger[level](message, { ...pickFields(fields) }),
    measure: (metric, value, dimension) => {
      const line = metrics.singleMetric()
      if (dimension) line.addDimension(dimension.name, dimension.value)
      line.addMetric(metric, units[metric], value)
    },
  }
}

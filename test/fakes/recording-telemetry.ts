import { type Metric, metricDimensions } from '../../lib/core/metric.ts'
import type { LogFields, Telemetry } from '../../lib/ports.ts'

export interface RecordedLine {
  readonly level: string
  readonly message: string
  readonly fields: LogFields
}

export interface RecordedMeasure {
  readonly metric: Metric
  readonly value: number
  readonly dimension?: { readonly name: string; readonly value: string }
}

/** Telemetry that keeps what it is given. */
export function createRecordingTelemetry(): Telemetry & {
  lines: RecordedLine[]
  measures: RecordedMeasure[]
} {
  const lines: RecordedLine[] = []
  const measures: RecordedMeasure[] = []
  return {
    lines,
    measures,
    log: (level, message, fields = {}) => void lines.push({ level, message, fields }),
    measure: (metric, value, dimension) => {
      if ((dimension?.name ?? null) !== metricDimensions[metric]) {
        throw new Error(`${metric} is not told apart by ${dimension?.name}`)
      }
      measures.push({ metric, value, ...(dimension === undefined ? {} : { dimension }) })
    },
  }
}

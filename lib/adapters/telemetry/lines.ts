import { formatTime } from '../../core/time.ts'
import type { Clock, Telemetry } from '../../ports.ts'
import { pickFields } from './pick-fields.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

export interface LineOptions {
  /** Takes one line without its end. */
  write(line: string): void
  readonly clock: Clock
  /** Lines below it are dropped. */
  readonly minimumLevel: (typeof levels)[number]
}

/** Logs as lines of JSON, with the fields that the functions log. Metrics are not kept. */
export function createLineTelemetry({ write, clock, minimumLevel }: LineOptions): Telemetry {
  return {
    log: (level, message, fields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(minimumLevel)) return
      write(JSON.stringify({ time: formatTime(clock.now()), level, message, ...pickFields(fields) }))
    },
    measure: () => {},
  }
}

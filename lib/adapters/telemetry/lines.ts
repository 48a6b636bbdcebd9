import { formatTime } from '../../core/time.ts'
import type { Clock, LogFields, Telemetry } from '../../ports.ts'
import { pickFields } from './pick-fields.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

type Level = (typeof levels)[number]

export interface LineOptions {
  /** Takes one line without its end. */
  write(line: string): void
  readonly clock: Pick<Clock, 'now'>
  /** Lines below it are dropped. */
  readonly minimumLevel: Level
  /** `json` where absent; `text` is for people. */
  readonly format?: 'json' | 'text'
}

/** Logs as lines, with the fields that the functions log. Metrics are not kept. */
export function createLineTelemetry({ write, clock, minimumLevel, format }: LineOptions): Telemetry {
  const formatLine = format === 'text' ? formatText : formatJson
  return {
    log: (level, message, fields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(minimumLevel)) return
      write(formatLine({ time: formatTime(clock.now()), level, message }, fields))
    },
    measure: () => {},
  }
}

/** Logs nothing. */
export const silentTelemetry: Telemetry = { log: () => {}, measure: () => {} }

interface Line {
  readonly time: string
  readonly level: Level
  readonly message: string
}

function formatJson(line: Line, fields: LogFields): string {
  return JSON.stringify({ ...line, ...pickFields(fields) })
}

/** Such as `08:00:00 warn  sync failed configId=local/apps/billing code=GitUnavailable`. */
function formatText({ time, level, message }: Line, fields: LogFields): string {
  const { counts, ...others } = pickFields(fields)
  const named = Object.entries({ ...others, ...(typeof counts === 'object' ? counts : {}) })
  return [
    time.slice(11, 19),
    level.padEnd(5),
    message,
    ...named.map(([name, value]) => `${name}=${value}`),
  ].join(' ')
}

import { escapeControl, redactUrl } from '../../core/redact.ts'
import type { LogFields } from '../../ports.ts'

/** Which fields a log line may carry; whatever else an object holds at run time stays out. */
const textFields = [
  'configId',
  'repository',
  'revision',
  'requestId',
  'step',
  'code',
] as const satisfies readonly (keyof LogFields)[]

type PickedFields = Readonly<Record<string, string | number | Readonly<Record<string, number>>>>

/** The allowed fields, each of its own type, without credentials in URLs and without escape sequences. */
export function pickFields(fields: LogFields): PickedFields {
  return {
    ...Object.fromEntries(textFields.flatMap((name) => pickText(name, fields[name]))),
    ...(typeof fields.durationMs === 'number' ? { durationMs: fields.durationMs } : {}),
    ...(fields.counts === undefined ? {} : { counts: pickNumbers(fields.counts) }),
  }
}

function pickText(name: string, value: unknown): [string, string][] {
  return typeof value === 'string' ? [[name, escapeControl(redactUrl(value))]] : []
}

function pickNumbers(counts: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

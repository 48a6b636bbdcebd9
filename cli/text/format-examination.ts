import type { ErrorCode } from '../../lib/core/errors.ts'
import { escapeControl } from '../../lib/core/redact.ts'

/** One thing that was tried, or that is said of a config. */
export interface Finding {
  readonly about: string
  readonly ok: boolean
  readonly code?: ErrorCode
  readonly message?: string
  readonly hint?: string
}

/** What was found of a file or a config. */
export interface Examination {
  readonly subject: string
  /** Whether the file opens, with some of its keys, or the config is ready. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

/** Examinations for a person. */
export function formatExaminations(examinations: readonly Examination[]): string {
  if (examinations.length === 0) return 'There are no configs.'
  return examinations
    .flatMap(({ subject, ok, findings }) => [
      `${ok ? 'ok     ' : 'FAILED '} ${subject}`,
      ...findings.flatMap(formatFinding),
    ])
    .map((line) => escapeControl(line).replaceAll('\n', ' '))
    .join('\n')
}

function formatFinding({ about, ok, code, message, hint }: Finding): string[] {
  return [
    `  ${ok ? 'ok ' : 'no '} ${about}`,
    ...(message === undefined ? [] : [`      ${code === undefined ? '' : `${code}: `}${message}`]),
    ...(hint === undefined ? [] : [`      hint: ${hint}`]),
  ]
}

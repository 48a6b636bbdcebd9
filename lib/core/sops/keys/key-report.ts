import type { ErrorCode } from '../../errors.ts'
import { escapeControl, redactUrl } from '../../redact.ts'
import { describeKey, type KeyEntry } from './key-entry.ts'

/** Why one key entry did not open. */
export interface KeyFailure {
  readonly entry: KeyEntry
  readonly code: ErrorCode
  /** One sentence that may be shown. */
  readonly reason: string
}

/** What became of one key group: a later key may have opened it although earlier ones failed. */
export interface GroupReport {
  readonly recovered: boolean
  readonly failures: readonly KeyFailure[]
}

/** Why the data key of a file was not recovered. */
export interface KeyReport {
  readonly groups: readonly GroupReport[]
  /** Groups that had to open. */
  readonly needed: number
}

/** Codes with which the recovery of a data key ends, the most telling first; sops ends with 128 for each. */
export const dataKeyErrorCodes = [
  'SopsKeyServiceUnavailable',
  'KmsAccessDenied',
  'SopsKeyAccessDenied',
  'SopsKeyUnusable',
  'SopsKeyInvalid',
  'SopsKeyNotGranted',
  'EgressForbidden',
  'SopsKeyUnsupported',
  'SopsNoMatchingKey',
] as const satisfies readonly ErrorCode[]

/** The code that stands for the whole report: that of the failure which a person or the schedule can mend first. */
export function chooseReportCode(report: KeyReport): (typeof dataKeyErrorCodes)[number] {
  const codes = new Set<ErrorCode>(listFailures(report).map(({ code }) => code))
  return dataKeyErrorCodes.find((code) => codes.has(code)) ?? 'SopsNoMatchingKey'
}

/** One line per key entry of the groups that did not open. Recipients of two kilobytes (post-quantum) are cut short. */
export function summarizeFailures(report: KeyReport): string[] {
  return listFailures(report).map(({ entry, code }) => `${shorten(describeKey(entry))}: ${code}`)
}

function shorten(label: string): string {
  return label.length > 256 ? `${label.slice(0, 40)}…${label.slice(-12)}` : label
}

/**
 * The report as text, laid out as sops does it.
 * @see https://github.com/getsops/sops/blob/main/usererrors.go
 */
export function formatKeyReport(report: KeyReport): string {
  const groups = report.groups.map(formatGroup)
  const text = ['The data key of the file could not be recovered.', ...groups, formatTrailer(report)]
  return text.join('\n\n')
}

function listFailures({ groups }: KeyReport): KeyFailure[] {
  return groups.filter(({ recovered }) => !recovered).flatMap(({ failures }) => failures)
}

function formatGroup({ recovered, failures }: GroupReport, index: number): string {
  if (recovered) return `Group ${index}: SUCCESS`
  const keys = failures.flatMap(({ entry, code, reason }) => [
    `  ${escapeControl(redactUrl(describeKey(entry)))}: FAILED`,
    ...wrap(`${code}: ${reason}`, 60).map((line, row) => `    ${row === 0 ? '-' : ' '} | ${line}`),
  ])
  return [`Group ${index}: FAILED`, ...keys].join('\n')
}

function formatTrailer({ groups, needed }: KeyReport): string {
  const recovered = groups.filter((group) => group.recovered).length
  const text =
    groups.length === 1
      ? 'None of the keys of the file opened it; one that does is enough.'
      : `The file is split by Shamir's scheme: ${needed} of its ${groups.length} key groups must open, one key each, and ${recovered} did.`
  return wrap(text, 75).join('\n')
}

/** Lines of at most `width` characters, broken at spaces; a longer word stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    const fits = last !== undefined && last.length + 1 + word.length <= width
    if (fits) lines.splice(-1, 1, `${last} ${word}`)
    else lines.push(word)
  }
  return lines
}

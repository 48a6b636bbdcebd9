import { configErrors } from './error-codes/config.ts'
import type { ErrorEntry } from './error-codes/entry.ts'
import { gitErrors } from './error-codes/git.ts'
import { kustomizeErrors } from './error-codes/kustomize.ts'
import { operationErrors } from './error-codes/operation.ts'
import { secretsErrors } from './error-codes/secrets.ts'
import { sopsErrors } from './error-codes/sops.ts'
import { storeErrors } from './error-codes/store.ts'
import { redactUrl } from './redact.ts'

/**
 * Every code with its disposition, HTTP status, summary and hint. A code is also the condition reason, the log
 * field, the metric dimension and the heading in docs/errors.md.
 */
export const errorTable = {
  ...configErrors,
  ...gitErrors,
  ...sopsErrors,
  ...kustomizeErrors,
  ...secretsErrors,
  ...storeErrors,
  ...operationErrors,
} as const

export type ErrorCode = keyof typeof errorTable

/** What an error names: file, field, key path, URL; never a value of a secret. */
export type ErrorData = Readonly<Record<string, string | number | boolean | readonly string[]>>

export interface SyncErrorOptions {
  readonly data?: ErrorData
  /** The original error; it is never logged, stored or answered. */
  readonly cause?: unknown
}

/** The one error that crosses a module border: a code, data that may be shown, and what happens next. */
export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly code: ErrorCode
  readonly data: ErrorData
  readonly #cause: unknown

  constructor(code: ErrorCode, options: SyncErrorOptions = {}) {
    const data = redactData(options.data ?? {})
    super(formatMessage(errorTable[code], data))
    this.code = code
    this.data = data
    this.#cause = options.cause
  }

  /** The original error. It may quote decrypted text, so it is kept where no print finds it. */
  revealCause(): unknown {
    return this.#cause
  }

  get disposition(): ErrorEntry['disposition'] {
    return errorTable[this.code].disposition
  }

  get hint(): string {
    return errorTable[this.code].hint
  }

  get status(): number {
    return errorTable[this.code].status
  }

  toJSON(): { code: ErrorCode; message: string; data: ErrorData; hint: string } {
    return { code: this.code, message: this.message, data: this.data, hint: this.hint }
  }
}

/** Whether `value` is a SyncError, of one of `codes` where some are given. */
export function isSyncError(value: unknown, ...codes: ErrorCode[]): value is SyncError {
  return value instanceof SyncError && (codes.length === 0 || codes.includes(value.code))
}

/** Anything thrown, as a SyncError: what is unknown becomes `InternalError` and loses its text. */
export function toSyncError(thrown: unknown): SyncError {
  return thrown instanceof SyncError ? thrown : new SyncError('InternalError', { cause: thrown })
}

/** Closes a `switch` over a union: a compile error where a member is missing. */
export function assertNever(value: never): never {
  throw new SyncError('InternalError', { data: { unexpected: typeof value } })
}

function redactData(data: ErrorData): ErrorData {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, redactDatum(value)]))
}

function redactDatum(value: ErrorData[string]): ErrorData[string] {
  if (typeof value === 'object') return value.map(redactUrl)
  return typeof value === 'string' ? redactUrl(value) : value
}

function formatMessage(entry: ErrorEntry, data: ErrorData): string {
  const named = Object.entries(data).map(([key, value]) => `${key}=${formatDatum(value)}`)
  const text = entry.text?.(data) ?? entry.summary
  return named.length === 0 ? text : `${text} (${named.join(', ')})`
}

function formatDatum(value: ErrorData[string]): string {
  return typeof value === 'object' ? value.join('; ') : String(value)
}

/** What the worker does next about a failure; see docs/errors.md. */
export type Disposition = 'retry' | 'wait' | 'stall' | 'return' | 'reject'

/** One row of the error table. */
export interface ErrorEntry {
  readonly disposition: Disposition
  /** HTTP status with which the API and the webhook answer. */
  readonly status: number
  /** What happened, one sentence; holds no data. */
  readonly summary: string
  /** What a person can do about it, one or two sentences. */
  readonly hint: string
  /** The summary in the words that people will look for, where data makes them. */
  readonly text?: (data: Readonly<Record<string, unknown>>) => string
}

export type ErrorTable = Readonly<Record<string, ErrorEntry>>

const row =
  (disposition: Disposition) =>
  (status: number, summary: string, hint: string): ErrorEntry => ({ disposition, status, summary, hint })

/** Tried again at once, up to three times with jitter; then as `wait`. */
export const retry = row('retry')
/** Tried again by the schedule after 1 to 10 minutes. */
export const wait = row('wait')
/** Not tried again before a new commit, a changed spec or a manual sync. */
export const stall = row('stall')
/** Given back to the queue, for a release that can work it. */
export const giveBack = row('return')
/** Answered, counted and forgotten. */
export const reject = row('reject')

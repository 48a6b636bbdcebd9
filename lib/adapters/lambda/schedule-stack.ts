import middy, { type MiddlewareObj } from '@middy/core'
import type { Context } from 'aws-lambda'
import { toSyncError } from '../../core/errors.ts'
import type { Telemetry } from '../../ports.ts'

/** One turn of the schedule; its event says nothing that the handler needs. */
export type ScheduleHandler<Result> = (event: unknown, context: Context) => Promise<Result>

/**
 * Wraps the handler of a schedule: what it throws is logged by its code and passed on without foreign text.
 * @param middlewares stand around all of that
 */
export function createScheduleStack<Result>(
  handler: ScheduleHandler<Result>,
  telemetry: Telemetry,
  middlewares: MiddlewareObj[] = [],
): ScheduleHandler<Result> {
  return middy(handler, { timeoutEarlyInMillis: 0 })
    .use(middlewares)
    .onError((request: { error: unknown }) => {
      const error = toSyncError(request.error)
      telemetry.log('error', 'pass failed', { code: error.code })
      // The runtime prints what leaves here, message and all.
      request.error = error
    })
}

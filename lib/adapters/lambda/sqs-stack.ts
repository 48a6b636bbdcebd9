import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch'
import middy, { type MiddlewareObj } from '@middy/core'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { toSyncError } from '../../core/errors.ts'
import type { Telemetry } from '../../ports.ts'

/** Works one record; what it throws returns the record to the queue. */
export type RecordHandler = (record: SQSRecord, context: Context) => Promise<void>

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

/**
 * Wraps a record handler in a partial batch response for FIFO queues: records are worked in order, and behind one
 * that fails only the rest of its own message group returns to the queue unworked.
 * @param middlewares stand around the batch
 */
export function createSqsStack(
  handler: RecordHandler,
  telemetry: Telemetry,
  middlewares: MiddlewareObj[] = [],
): SqsHandler {
  const workRecord: RecordHandler = async (record, context) => {
    try {
      await handler(record, context)
    } catch (thrown) {
      const error = toSyncError(thrown)
      telemetry.log('error', 'record returned to the queue', { code: error.code })
      throw error
    }
  }
  return middy(
    // A processor keeps the state of one batch, and the embedded runner works several at a time.
    async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
      await processPartialResponse(event, workRecord, new SqsFifoPartialProcessorAsync(), {
        context,
        skipGroupOnError: true,
        throwOnFullBatchFailure: false,
      }),
    { timeoutEarlyInMillis: 0 },
  ).use(middlewares)
}

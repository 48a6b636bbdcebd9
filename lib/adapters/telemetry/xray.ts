import type { Tracer } from '@aws-lambda-powertools/tracer'
import { toSyncError } from '../../core/errors.ts'
import type { Trace } from './trace-calls.ts'

/**
 * Calls as subsegments of AWS X-Ray. A failure is marked by its code: the tools for the SDK would add the words of
 * AWS, which can quote a request.
 */
export function createXrayTrace(tracer: Pick<Tracer, 'isTracingEnabled' | 'getSegment'>): Trace {
  return async (name, run) => {
    const segment = tracer.isTracingEnabled() ? tracer.getSegment() : undefined
    const subsegment = segment?.addNewSubsegment(name)
    if (!subsegment) return await run()
    try {
      return await run()
    } catch (thrown) {
      subsegment.addFaultFlag()
      subsegment.addAnnotation('code', toSyncError(thrown).code)
      throw thrown
    } finally {
      subsegment.close()
    }
  }
}

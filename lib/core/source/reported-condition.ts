import * as z from 'zod/mini'
import type { Manifest } from '../config/manifest.ts'
import { SyncError } from '../errors.ts'

const maximumLength = 300
const text = z._default(z.string(), '')

const condition = z.object({ type: z.string(), status: text, reason: text, message: text })

/** Conditions as controllers of Flux and Argo CD write them; those of Argo CD have neither status nor reason. */
export const reportedConditions = z._default(z.array(condition), [])

export type ReportedCondition = z.infer<typeof condition>

/** The error for a source object whose controller says that something is wrong with it, in its words. */
export function sourceNotReady(
  { kind, metadata: { namespace, name } }: Manifest,
  found: ReportedCondition | undefined,
): SyncError {
  const reason = found ? found.reason || found.type : 'Unknown'
  const message = found?.message.slice(0, maximumLength) ?? ''
  return new SyncError('SourceNotReady', {
    data: { kind, namespace, name, reason, ...(message !== '' && { message }) },
  })
}

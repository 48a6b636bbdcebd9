import * as z from 'zod/mini'
import type { Manifest } from '../../config/manifest.ts'
import { SyncError } from '../../errors.ts'
import { dropNulls } from '../../schema/drop-nulls.ts'
import { type ReportedCondition, reportedConditions, sourceNotReady } from '../reported-condition.ts'
import { parseRevision } from '../revision.ts'
import type { Revision } from '../source.ts'

const schema = z.object({
  observedGeneration: z.optional(z.number()),
  artifact: z.optional(z.object({ revision: z.string(), lastUpdateTime: z._default(z.string(), '') })),
  conditions: reportedConditions,
})

/**
 * The revision of the artifact that Flux has stored, if it stands for the object as it is now. Where Flux is only
 * busy with the next one, the last one counts: which commit is taken is decided by the ref.
 * @param verified whether Flux has to have verified a signature, too
 * @throws {SyncError} ArtifactNotAvailable, SourceNotReady, SourceInvalid (a revision that names no commit)
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#gitrepository-status
 */
export function readArtifactRevision(manifest: Manifest, verified: boolean): Revision {
  const { namespace, name, generation } = manifest.metadata
  const { artifact, conditions, observedGeneration } = readStatus(manifest)
  const find = (type: string) => conditions.find((condition) => condition.type === type)
  const stalled = find('Stalled')
  if (stalled?.status === 'True') throw sourceNotReady(manifest, stalled)
  if (!artifact) throw noArtifact(manifest, conditions)
  if (observedGeneration !== generation) {
    throw new SyncError('SourceNotReady', { data: { namespace, name, reason: 'GenerationNotObserved' } })
  }
  const ready = find('Ready')
  if (ready?.status !== 'True' && !isProgressing(ready)) throw sourceNotReady(manifest, ready)
  const signature = find('SourceVerified')
  if (verified && signature?.status !== 'True') throw sourceNotReady(manifest, signature)
  return parseRevision(artifact.revision)
}

/** When Flux stored the artifact, and its commit; `null` where there is none. */
export function readArtifact(manifest: Manifest): { readonly revision: string; readonly at: string } | null {
  const { artifact } = readStatus(manifest)
  return artifact ? { revision: artifact.revision, at: artifact.lastUpdateTime } : null
}

function readStatus(manifest: Manifest): z.infer<typeof schema> {
  const parsed = schema.safeParse(dropNulls(manifest.status ?? {}))
  return parsed.success ? parsed.data : { conditions: [] }
}

function isProgressing(ready: ReportedCondition | undefined): boolean {
  return ready?.status === 'Unknown' && ready.reason === 'Progressing'
}

/** What Flux says of the failure is told with it: often it is why there is no artifact. */
function noArtifact(
  { metadata: { namespace, name } }: Manifest,
  conditions: readonly ReportedCondition[],
): SyncError {
  const failed = conditions.find(({ type, status }) => type === 'FetchFailed' && status === 'True')
  return new SyncError('ArtifactNotAvailable', {
    data: { namespace, name, ...(failed && { reason: failed.reason, message: failed.message }) },
  })
}

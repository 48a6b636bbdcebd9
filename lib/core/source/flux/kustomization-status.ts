import * as z from 'zod/mini'
import type { Manifest } from '../../config/manifest.ts'
import { SyncError } from '../../errors.ts'
import { dropNulls } from '../../schema/drop-nulls.ts'
import { reportedConditions, sourceNotReady } from '../reported-condition.ts'
import { parseRevision } from '../revision.ts'
import type { Revision } from '../source.ts'

const schema = z.object({
  lastAppliedRevision: z._default(z.string(), ''),
  conditions: reportedConditions,
})

/** What Flux has applied may wait for the very secrets that are published here. */
const harmless: readonly string[] = ['HealthCheckFailed']

/**
 * Holds a Kustomization that Flux does not build or apply. One that it has not looked at yet is not held: it is built
 * here as it is now.
 * @throws {SyncError} SourceNotReady
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomization-status
 */
export function assertKustomizationReady(manifest: Manifest): void {
  const { conditions } = readStatus(manifest)
  const stalled = conditions.find(({ type, status }) => type === 'Stalled' && status === 'True')
  const failed = conditions.find(({ type, status }) => type === 'Ready' && status === 'False')
  if (stalled || (failed && !harmless.includes(failed.reason)))
    throw sourceNotReady(manifest, stalled ?? failed)
}

/**
 * The revision that Flux applied last, whatever it tries meanwhile.
 * @throws {SyncError} SourceNotReady where there is none yet, SourceInvalid
 */
export function readAppliedRevision(manifest: Manifest): Revision {
  const { lastAppliedRevision } = readStatus(manifest)
  if (lastAppliedRevision !== '') return parseRevision(lastAppliedRevision)
  const { kind, metadata } = manifest
  const { namespace, name } = metadata
  throw new SyncError('SourceNotReady', { data: { kind, namespace, name, reason: 'NotDeployed' } })
}

function readStatus(manifest: Manifest): z.infer<typeof schema> {
  const parsed = schema.safeParse(dropNulls(manifest.status ?? {}))
  return parsed.success ? parsed.data : schema.parse({})
}

import * as z from 'zod/mini'
import { digestJson } from '../../config/digest.ts'
import type { Manifest } from '../../config/manifest.ts'
import { SyncError } from '../../errors.ts'
import { dropNulls } from '../../schema/drop-nulls.ts'
import { isCommit } from '../revision.ts'
import type { Ref, Revision } from '../source.ts'
import { sourceUnsupported } from '../source-errors.ts'
import type { FollowedSource } from './application-status.ts'

const text = z._default(z.string(), '')
const source = z.object({ repoURL: text, path: text })

const deployment = z.object({
  revision: text,
  revisions: z._default(z.array(z.string()), []),
  source: z.optional(source),
  sources: z._default(z.array(source), []),
})

const schema = z.object({
  history: z._default(z.array(deployment), []),
  operationState: z.optional(
    z.object({
      phase: text,
      operation: z._default(
        z.object({
          sync: z.optional(
            z.object({
              dryRun: z._default(z.boolean(), false),
              resources: z._default(z.array(z.unknown()), []),
            }),
          ),
        }),
        {},
      ),
      syncResult: z.optional(deployment),
    }),
  ),
})

/**
 * The commit that Argo CD deployed last from a source, as a whole and with success. Whatever it compares meanwhile, or
 * fails to deploy, has no bearing.
 * @throws {SyncError} SourceNotReady where there is none yet, SourceUnsupported for a hydrator and outside of clusters
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/selective_sync/
 */
export function readDeployed(manifest: Manifest, followed: FollowedSource, ref: Ref): Revision {
  const { index } = followed
  if (index === 'dry') throw sourceUnsupported('spec.sourceHydrator', 'is not followed by what is deployed')
  const parsed = schema.safeParse(dropNulls(manifest.status ?? {}))
  const last = parsed.success ? findLast(parsed.data) : undefined
  const from = index === null ? last?.source : last?.sources[index]
  const commit = (index === null ? last?.revision : last?.revisions[index]) ?? ''
  if (from && isSame(from, followed.source) && isCommit(commit))
    return { ref: formatLabel(followed, ref), commit }
  const { kind, metadata } = manifest
  const { namespace, name } = metadata
  throw new SyncError('SourceNotReady', { data: { kind, namespace, name, reason: 'NotDeployed' } })
}

/** The history has whole deployments alone; the last operation counts where none is kept. */
function findLast({
  history,
  operationState,
}: z.infer<typeof schema>): z.infer<typeof deployment> | undefined {
  const { sync } = operationState?.operation ?? {}
  const isWhole = operationState?.phase === 'Succeeded' && sync && !sync.dryRun && sync.resources.length === 0
  return history.at(-1) ?? (isWhole ? operationState?.syncResult : undefined)
}

function isSame(one: z.infer<typeof source>, other: z.infer<typeof source>): boolean {
  return digestJson(source.parse(one)) === digestJson(source.parse(other))
}

/** A whole commit is its own name. */
function formatLabel({ source: { targetRevision } }: FollowedSource, ref: Ref): string {
  return 'commit' in ref ? '' : targetRevision || 'HEAD'
}

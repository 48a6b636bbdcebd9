import * as z from 'zod/mini'
import { digestJson } from '../../config/digest.ts'
import type { Manifest } from '../../config/manifest.ts'
import { SyncError } from '../../errors.ts'
import { dropNulls } from '../../schema/drop-nulls.ts'
import { reportedConditions, sourceNotReady } from '../reported-condition.ts'
import { isCommit } from '../revision.ts'

const optionalText = z._default(z.string(), '')

/** What of a source decides which files of which commit are meant. */
const comparedSource = z.object({
  repoURL: optionalText,
  path: optionalText,
  targetRevision: optionalText,
  tagPrefix: optionalText,
})

type ComparedSource = z.infer<typeof comparedSource>

const dryCommit = z.optional(z.object({ drySHA: optionalText }))

const schema = z.object({
  sync: z._default(
    z.object({
      status: optionalText,
      revision: optionalText,
      revisions: z._default(z.array(z.string()), []),
      comparedTo: z.optional(
        z.object({ source: z.optional(comparedSource), sources: z._default(z.array(comparedSource), []) }),
      ),
    }),
    { status: '', revision: '', revisions: [] },
  ),
  conditions: reportedConditions,
  reconciledAt: optionalText,
  sourceHydrator: z.optional(z.object({ currentOperation: dryCommit, lastSuccessfulOperation: dryCommit })),
})

type Status = z.infer<typeof schema>

/** The source that is followed, and where it stands: in `spec.sources`, alone (`null`) or as that of a hydrator. */
export interface FollowedSource {
  readonly source: ComparedSource
  readonly index: number | 'dry' | null
}

/** Conditions that say that what Argo CD has found does not stand for the object. */
const failures: readonly string[] = ['ComparisonError', 'InvalidSpecError']

/**
 * Whether Argo CD has compared the Application as it is now with Git, and found the revision.
 * @throws {SyncError} SourceNotReady
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export function assertApplicationReady(manifest: Manifest, followed: FollowedSource): void {
  const status = readStatus(manifest)
  const failed = status.conditions.find(({ type }) => failures.includes(type))
  if (failed) throw sourceNotReady(manifest, failed)
  if (!isCommit(findRevision(status, followed.index))) throw waiting(manifest, 'RevisionMissing')
  if (followed.index === 'dry') return
  if (status.sync.status === 'Unknown' || status.sync.status === '') throw waiting(manifest, 'SyncUnknown')
  const { comparedTo } = status.sync
  const compared = followed.index === null ? comparedTo?.source : comparedTo?.sources[followed.index]
  if (!compared || !isSame(compared, followed.source)) throw waiting(manifest, 'SpecNotCompared')
}

/** The commit that Argo CD has compared last and when; `null` where there is none. */
export function readComparison(
  manifest: Manifest,
  index: FollowedSource['index'],
): { readonly commit: string; readonly at: string } | null {
  const status = readStatus(manifest)
  const commit = findRevision(status, index)
  return isCommit(commit) ? { commit, at: status.reconciledAt } : null
}

function readStatus(manifest: Manifest): Status {
  const parsed = schema.safeParse(dropNulls(manifest.status ?? {}))
  return parsed.success ? parsed.data : schema.parse({})
}

function findRevision({ sync, sourceHydrator }: Status, index: FollowedSource['index']): string {
  if (index === null) return sync.revision
  if (index !== 'dry') return sync.revisions[index] ?? ''
  const { currentOperation, lastSuccessfulOperation } = sourceHydrator ?? {}
  return currentOperation?.drySHA || lastSuccessfulOperation?.drySHA || ''
}

/** Argo CD leaves empty fields out. */
function isSame(one: ComparedSource, other: ComparedSource): boolean {
  return digestJson(comparedSource.parse(one)) === digestJson(comparedSource.parse(other))
}

function waiting({ kind, metadata: { namespace, name } }: Manifest, reason: string): SyncError {
  return new SyncError('SourceNotReady', { data: { kind, namespace, name, reason } })
}

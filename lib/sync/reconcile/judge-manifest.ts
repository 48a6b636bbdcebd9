import type { Intent } from '../../core/audit/intent.ts'
import type { Config, ConfigId } from '../../core/config/config.ts'
import { digestSpec } from '../../core/config/digest-spec.ts'
import type { Manifest } from '../../core/config/manifest.ts'
import { authorizeConfig } from '../../core/config/policy/authorize.ts'
import { type ErrorCode, isSyncError, type SyncError } from '../../core/errors.ts'
import { readChoice } from '../../core/source/parse-source.ts'
import { listDueSlots } from '../../core/source/pull-slots.ts'
import { readReportedRevision } from '../../core/source/reported-revision.ts'
import type { RepositoryKey } from '../../core/source/url.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import { describeResource, showsStatus } from '../../core/status/resource-status.ts'
import type { ConfigSource } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { isTriggered } from '../record/show-status.ts'
import { dropVersions, listVariableSources } from '../resolve/load-variables.ts'
import { openConfig, openSubject, type Subject } from '../resolve/open-config.ts'

/** A config as a pass finds it. */
export interface Candidate {
  readonly source: ConfigSource
  readonly manifest: Manifest
  readonly id: ConfigId
  readonly head: ConfigHead | undefined
  /** Where one is in force. */
  readonly intent: Intent | undefined
  /** The time of this pass and of the one before, milliseconds since the epoch. */
  readonly pass: { readonly now: number; readonly since: number | null }
}

/** What is to be poked: the config, or the repository for whatever follows it; `null` where nothing is new. */
export type Verdict = 'config' | { readonly repository: RepositoryKey } | null

/** Clocks of a cluster and of the service may be apart. */
const clockSkewMs = 60_000
/** A status that could not be written is tried again in this time, and not each minute. */
const statusRepairMs = 10 * 60_000

/** Whether there is something new about a config: its manifest, its source, or what its resource shows. */
export async function judgeManifest(
  dependencies: Pick<SyncDependencies, 'policy' | 'deployment'>,
  candidate: Candidate,
): Promise<Verdict> {
  const { source, manifest, id, head, intent } = candidate
  if (!head?.attempted || head.attempted.specDigest !== digestSpec(manifest)) return 'config'
  if (head.intentId !== intent?.requestId || isTriggered({ manifest }, head)) return 'config'
  try {
    const config = openConfig({ configSource: source, manifest }, id)
    // What is pinned stays so, whatever its source says.
    if (config.suspend || intent?.suspended || intent?.pin) return judgeStatus(candidate, head)
    return await judgeSubject(dependencies, { ...candidate, head, config })
  } catch (thrown) {
    if (!isSyncError(thrown)) throw thrown
    return isNews(thrown, head) ? 'config' : judgeStatus(candidate, head)
  }
}

type Known = Candidate & { readonly head: ConfigHead; readonly config: Config }

async function judgeSubject(
  dependencies: Pick<SyncDependencies, 'policy' | 'deployment'>,
  known: Known,
): Promise<Verdict> {
  const { source, config, head } = known
  authorizeConfig(dependencies.policy, config)
  const subject = await openSubject(dependencies, config, source)
  const { optionDigest, repositoryKey } = subject
  if (dropVersions(head.attempted?.optionDigest ?? '') !== optionDigest) return 'config'
  if (isVariedDue(known, subject)) return 'config'
  const isFree = !config.suspendGitPulls && !subject.source.pinned
  if (isFree && (await isBehind(known))) return { repository: repositoryKey }
  return judgeStatus(known, head)
}

/** The pass may read no ConfigMap and no Secret: the worker looks at them as often as a config pulls. */
function isVariedDue({ id, config, source, pass }: Known, subject: Subject): boolean {
  if (!source.cluster || listVariableSources(subject.source).length === 0) return false
  const slot = { key: id, intervalMs: config.gitRepositoryPullIntervalMs }
  return listDueSlots([slot], pass).length > 0
}

/**
 * Whether Flux or Argo CD has found another commit than the last look did, and found it later: what is older the look
 * has been past already.
 */
async function isBehind({ source, config, head }: Known): Promise<boolean> {
  if (!source.cluster) return false
  const manifest = await source.readSource(config.sourceRef)
  const reported = manifest && readReportedRevision(manifest, readChoice(config))
  if (!reported || reported.commit === head.attempted?.revision?.commit) return false
  return (
    Date.parse(reported.at) > Date.parse(head.lookedAt ?? '') - clockSkewMs || head.lookedAt === undefined
  )
}

/**
 * Whether an error tells something that the last look did not. A source that is merely between two states is left
 * alone: the secrets stay as they are, and the next pass sees it again. So is what a cluster does not answer.
 */
function isNews({ code, data }: SyncError, head: ConfigHead): boolean {
  const reason = head.status.conditions.find(({ type }) => type === 'Ready')?.reason
  if (code === reason || clusterCodes.includes(code)) return false
  if (code === 'ArtifactNotAvailable') return head.applied === undefined
  return code !== 'SourceNotReady' || !passingReasons.includes(String(data['reason']))
}

const clusterCodes: readonly ErrorCode[] = [
  'ClusterAuthFailed',
  'ClusterCredentialsInvalid',
  'ClusterForbidden',
  'ConfigSourceUnavailable',
]
const passingReasons: readonly string[] = [
  'GenerationNotObserved',
  'NotDeployed',
  'SpecNotCompared',
  'SyncUnknown',
]

function judgeStatus({ source, manifest, id, pass }: Candidate, head: ConfigHead): Verdict {
  if (!source.cluster || showsStatus(manifest.status, describeResource(head))) return null
  return listDueSlots([{ key: id, intervalMs: statusRepairMs }], pass).length > 0 ? 'config' : null
}

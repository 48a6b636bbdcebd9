import { withOrdered } from '../core/audit/intent.ts'
import type { Config } from '../core/config/config.ts'
import { digestSpec } from '../core/config/digest-spec.ts'
import { authorizeConfig } from '../core/config/policy/authorize.ts'
import { SyncError, toSyncError } from '../core/errors.ts'
import { isReplicaLookDue } from '../core/plan/replica-looks.ts'
import type { Poke } from '../core/poke.ts'
import { formatTime } from '../core/time.ts'
import { publishPlan } from './apply/publish-plan.ts'
import { settleRun } from './apply/settle-run.ts'
import type { SyncDependencies } from './dependencies.ts'
import {
  type Look,
  type PinnedTarget,
  type Progress,
  reportUnchanged,
  type SyncReport,
  type Target,
} from './look.ts'
import { planRollback } from './plan/plan-rollback.ts'
import { planSync } from './plan/plan-sync.ts'
import { answerRequest } from './record/answer-request.ts'
import { continueSync } from './record/continue-sync.ts'
import { recordFailure } from './record/record-failure.ts'
import { isTriggered, showStatus } from './record/show-status.ts'
import { forgetConfig } from './resolve/forget-config.ts'
import { loadVariables } from './resolve/load-variables.ts'
import { openConfig, openSubject, readManifest } from './resolve/open-config.ts'
import { readIntent } from './resolve/read-intent.ts'
import { resolveRevision } from './resolve/resolve-revision.ts'
import { verifyRevision } from './resolve/verify-revision.ts'
import { watchSource } from './resolve/watch-source.ts'
import { createStepLog, type StepLog } from './step-log.ts'

/** One run of one config; `deadlineAt` (milliseconds since the epoch) is when the function's time is over. */
export type SyncConfig = (poke: Poke, run: { readonly deadlineAt: number }) => Promise<SyncReport>

const attemptsInProcess = 3
const retryBaseMs = 200
/** A look at what was so long after a poke was sent has seen whatever the poke was about. */
const answeredAfterMs = 5_000

/**
 * Makes the store equal to what Git says for one config: resolve ▸ skip ▸ load ▸ build ▸ shape ▸ observe ▸ plan ▸
 * begin ▸ apply ▸ record. Failures that the error table foresees are recorded on the config and reported.
 * @throws {SyncError} StateConflict, StateUnavailable, StateTooNew: then the message comes back
 */
export function createSyncConfig(dependencies: SyncDependencies): SyncConfig {
  return async (poke, { deadlineAt }) => {
    const { clock, state } = dependencies
    for (let attempt = 1; ; ) {
      const startedAt = clock.now()
      const [head, intent] = await Promise.all([state.readHead(poke.id), readIntent(dependencies, poke)])
      const look: Look = { poke, startedAt, deadlineAt, head, intent }
      const looked = await lookOnce(dependencies, look, attempt < attemptsInProcess)
      if (looked !== 'settled' && looked !== 'failed') return looked
      if (looked === 'settled') continue
      await clock.sleep(retryBaseMs * 2 ** attempt * (0.5 + clock.random()))
      attempt++
    }
  }
}

/** `settled`: the run before had to be accounted for first. `failed`: what may succeed at once. */
type Looked = SyncReport | 'settled' | 'failed'

async function lookOnce(dependencies: SyncDependencies, look: Look, mayRetry: boolean): Promise<Looked> {
  if (isAnswered(look)) return reportUnchanged(look)
  const progress: Progress = {}
  const log = createStepLog(dependencies, look, progress)
  try {
    return await runSteps(dependencies, look, { progress, log })
  } catch (thrown) {
    const error = toSyncError(thrown)
    dependencies.telemetry.log('warn', 'sync failed', { ...log.fields(), code: error.code })
    if (error.disposition === 'retry' && mayRetry) return 'failed'
    return await recordFailure(dependencies, look, { progress, error })
  }
}

function isAnswered({ poke, head }: Look): boolean {
  if (poke.trigger === 'manual' || poke.trigger === 'continuation' || head?.lookedAt === undefined)
    return false
  return Date.parse(head.lookedAt) >= Date.parse(poke.requestedAt) + answeredAfterMs
}

interface Steps {
  readonly progress: Progress
  readonly log: StepLog
}

async function runSteps(
  dependencies: SyncDependencies,
  look: Look,
  { progress, log }: Steps,
): Promise<SyncReport | 'settled'> {
  const target = await findTarget(dependencies, look, { progress, log })
  if (target === 'settled') return target
  if (target === 'gone') {
    const error = new SyncError('ConfigNotFound', { data: { config: look.poke.id } })
    await answerRequest(dependencies, look, { ...reportUnchanged(look), result: error.code, error })
    return reportUnchanged(look)
  }
  if (isSettled(look, target)) {
    const report = reportUnchanged(look, target.mark.revision)
    await answerRequest(dependencies, look, report)
    if (look.head) await showStatus(dependencies, target.opened, look.head)
    return report
  }
  if ('subject' in target) await log.step('verify', () => verifyRevision(dependencies, look, target))
  const planned =
    'pin' in target
      ? await planRollback(dependencies, look, { target, log })
      : await planSync(dependencies, look, { target, log })
  if (look.poke.planOnly) {
    const { revision } = target.mark
    const report: SyncReport = {
      configId: look.poke.id,
      result: 'Planned',
      revision,
      plan: planned.plan,
      outcomes: [],
    }
    await answerRequest(dependencies, look, report)
    return report
  }
  const report = await publishPlan(dependencies, look, { planned, progress, log })
  await continueSync(dependencies, look, report)
  return report
}

/** What is to be synced, at which revision; keeps `progress` up to date as it finds out. */
async function findTarget(
  dependencies: SyncDependencies,
  look: Look,
  { progress, log }: Steps,
): Promise<Target | 'gone' | 'settled'> {
  const { poke, head, intent } = look
  const opened = await readManifest(dependencies, poke.id)
  if (!opened.manifest) {
    await forgetConfig(dependencies, look)
    return 'gone'
  }
  progress.opened = opened
  progress.specDigest = digestSpec(opened.manifest)
  const config = withOrdered(openConfig(opened, poke.id), intent ?? {}, look.startedAt)
  progress.config = config
  // What a run had begun before is brought to its end all the same: a group is not left half published.
  if (!head?.lease) assertNotSuspended(config, intent)
  authorizeConfig(dependencies.policy, config)
  if (await settleRun(dependencies, look, { config, progress })) return 'settled'
  assertNotSuspended(config, intent)
  if (intent?.pin) return createPinned(look, progress, { opened, config, pin: intent.pin })
  const found = await openSubject(dependencies, config, opened.configSource)
  progress.subject = found
  progress.optionDigest = found.optionDigest
  if (!poke.planOnly) await watchSource(dependencies, found, head)
  const subject = await loadVariables(found)
  progress.optionDigest = subject.optionDigest
  const { revision, resolvedAt } = await log.step('resolve', () =>
    resolveRevision(dependencies, subject, look),
  )
  progress.revision = revision
  progress.resolvedAt = resolvedAt
  const { specDigest, optionDigest } = progress
  return { subject, opened, config, mark: { revision, specDigest, optionDigest }, resolvedAt }
}

/** @throws {SyncError} ConfigSuspended */
function assertNotSuspended(config: Config, intent: Look['intent']): void {
  if (config.suspend || intent?.suspended) {
    throw new SyncError('ConfigSuspended', { data: { config: config.id } })
  }
}

/** A config that an operator has rolled back stays at that point of its history. */
function createPinned(
  look: Look,
  progress: Progress,
  pinned: Pick<PinnedTarget, 'opened' | 'config' | 'pin'>,
): PinnedTarget {
  const { revision, entryAt } = pinned.pin
  const { specDigest = '' } = progress
  const optionDigest = `pinned ${entryAt}`
  progress.revision = revision
  progress.optionDigest = optionDigest
  const mark = { revision, specDigest, optionDigest }
  return { ...pinned, mark, resolvedAt: formatTime(look.startedAt) }
}

/** Whether the last look was for the same and there is nothing that a second one could find out. */
function isSettled({ poke, head, intent, startedAt }: Look, { mark, opened }: Target): boolean {
  if (poke.trigger === 'manual' || poke.trigger === 'drift' || poke.trigger === 'continuation') return false
  const last = head?.attempted
  if (!last || head.lease || head.nextDueAt !== undefined || isReplicaLookDue(head, startedAt)) return false
  if (head.intentId !== intent?.requestId || isTriggered(opened, head)) return false
  return (
    last.revision?.commit === mark.revision.commit &&
    last.revision.ref === mark.revision.ref &&
    last.specDigest === mark.specDigest &&
    last.optionDigest === mark.optionDigest
  )
}

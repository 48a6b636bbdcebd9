import { assertNever, SyncError, toSyncError } from '../../core/errors.ts'
import type { Standing } from '../../core/plan/judge-standing.ts'
import type { Change, Live, Outcome } from '../../core/plan/plan.ts'
import type { Desired, SecretName, Tags } from '../../core/secrets/desired.ts'
import type { Clock, NewVersion, SecretSettings, SecretStore } from '../../ports.ts'
import { isDoneAnyway } from './is-done-anyway.ts'
import type { Pace } from './pace-writes.ts'

/** What it takes to carry out the changes of one plan. */
export interface Application {
  readonly store: SecretStore
  readonly desired: ReadonlyMap<SecretName, Desired>
  /** Tags of a secret of ours, marks included. */
  readonly tagsOf: (desired: Desired) => Tags
  readonly standingOf: (live: Live) => Standing
  readonly kmsKeyId?: string
  readonly description?: string
  /** What copies in other regions are encrypted with; their default key where absent. */
  readonly replicaKey?: string
  /** Whether changed versions of secrets that are there become current all together or not at all. */
  readonly isAtomic?: boolean
  /** Waits for the turn of a change; absent where all go out at once. */
  readonly pace?: Pace
  readonly clock: Pick<Clock, 'now'>
  /** Milliseconds since the epoch after which no write begins. */
  readonly stopAt: number
}

/** Carries out one change, unless the time is over. What is thrown becomes part of the outcome. */
export async function applyChange(change: Change, application: Application): Promise<Outcome> {
  if (change.action === 'conflict') return { change, result: 'failed', code: change.code }
  const isOver = () => application.clock.now() >= application.stopAt
  try {
    if (!isOver()) await application.pace?.(change)
    if (isOver()) return { change, result: 'deferred', code: 'DeadlineReached' }
    await write(change, application)
    return { change, result: 'applied', ...versionOf(change) }
  } catch (thrown) {
    const error = toSyncError(thrown)
    const { code, disposition } = error
    if (await isDoneAnyway(change, application, code)) {
      return { change, result: 'applied', ...versionOf(change) }
    }
    return { change, result: disposition === 'wait' ? 'deferred' : 'failed', code, ...deniedBy(error) }
  }
}

/** Whoever reads the condition has to know which permission is missing. */
function deniedBy({ code, data: { action } }: SyncError): Pick<Outcome, 'deniedAction'> {
  return code === 'StoreAccessDenied' && typeof action === 'string' ? { deniedAction: action } : {}
}

function versionOf(change: Change): Pick<Outcome, 'versionId'> {
  return 'versionId' in change ? { versionId: change.versionId } : {}
}

async function write(
  change: Exclude<Change, { action: 'conflict' }>,
  application: Application,
): Promise<void> {
  const { store } = application
  switch (change.action) {
    case 'restore':
      return await store.restore(change.name)
    case 'adopt':
      return await adopt(change, application)
    case 'create': {
      const desired = readDesired(change.name, application)
      return await store.create({
        ...readVersion(change.name, application),
        tags: application.tagsOf(desired),
        ...pickSettings(application),
      })
    }
    case 'update':
      return await update(change, application)
    case 'relabel':
      return await moveCurrent(change, application)
    case 'retag':
      return await store.tag(change.name, application.tagsOf(readDesired(change.name, application)))
    case 'amend':
      return await store.amend(change.name, pickSettings(change))
    case 'replicate':
      return await store.replicate(change.name, change.regions, application.replicaKey)
    case 'unreplicate':
      return await store.removeReplicas(change.name, change.regions)
    case 'delete':
      return await scheduleDeletion(change, application)
    default:
      return assertNever(change)
  }
}

/** What the plan saw may be minutes old, and tags know no compare-and-swap: the secret is looked at just before. */
async function adopt(
  { name }: Extract<Change, { action: 'adopt' }>,
  application: Application,
): Promise<void> {
  const live = await application.store.describe(name)
  if (!live) throw new SyncError('SecretNotFound', { data: { secret: name } })
  const standing = application.standingOf(live)
  if (standing.kind === 'ours') return
  if (standing.kind === 'conflict') throw new SyncError(standing.code, { data: { secret: name } })
  await application.store.tag(name, application.tagsOf(readDesired(name, application)))
}

/**
 * Whoever has taken the secret over since the plan keeps it, and a deletion that is scheduled keeps its date. What has
 * moved goes only once it is seen under its new name. Copies in other regions go first: where AWS takes its time over that, the next look goes on.
 */
async function scheduleDeletion(
  { name, recoveryWindowDays, movedTo = [] }: Extract<Change, { action: 'delete' }>,
  { store, standingOf }: Application,
): Promise<void> {
  const live = await store.describe(name)
  if (!live || live.deletionAt !== undefined) return
  for (const to of movedTo) {
    const target = await store.describe(to)
    if (!target?.current || target.deletionAt !== undefined) {
      throw new SyncError('SecretNotFound', { data: { secret: to } })
    }
  }
  const standing = standingOf(live)
  if (standing.kind !== 'ours') {
    const code = standing.kind === 'conflict' ? standing.code : 'SecretNotOwned'
    throw new SyncError(code, { data: { secret: name } })
  }
  const regions = (live.replicas ?? []).map(({ region }) => region)
  if (regions.length > 0) await store.removeReplicas(name, regions)
  await store.scheduleDeletion(name, recoveryWindowDays)
}

/** A version that the store knew already keeps its labels where they are, so the label is moved then. */
async function update(
  change: Extract<Change, { action: 'update' }>,
  application: Application,
): Promise<void> {
  const labels = await application.store.put(readVersion(change.name, application))
  if (!labels.includes('AWSCURRENT')) await moveCurrent(change, application)
}

async function moveCurrent(
  { name, versionId, from }: Extract<Change, { action: 'update' | 'relabel' }>,
  { store }: Application,
): Promise<void> {
  if (from === undefined) throw new SyncError('StageMoved', { data: { secret: name } })
  await store.moveCurrent(name, versionId, from)
}

function pickSettings({ kmsKeyId, description }: SecretSettings): SecretSettings {
  return {
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    ...(description === undefined ? {} : { description }),
  }
}

/** The version of a secret that Git wants, as the store takes it. */
export function readVersion(name: SecretName, application: Pick<Application, 'desired'>): NewVersion {
  const { versionId, payload, kind } = readDesired(name, application)
  return { name, versionId, value: payload, kind }
}

function readDesired(name: SecretName, { desired }: Pick<Application, 'desired'>): Desired {
  const found = desired.get(name)
  if (!found) throw new SyncError('InternalError', { data: { secret: name } })
  return found
}

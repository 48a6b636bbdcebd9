import { assertNever, type ErrorCode, isSyncError } from '../../core/errors.ts'
import type { Change, Live } from '../../core/plan/plan.ts'
import type { Tags } from '../../core/secrets/desired.ts'
import type { Application } from './apply-change.ts'

type Checking = Pick<Application, 'store' | 'desired' | 'tagsOf' | 'standingOf'>

/** Failures after which the write may have happened all the same: the answer was lost, or another run was faster. */
const ambiguousCodes: readonly ErrorCode[] = [
  'StoreUnavailable',
  'SecretExists',
  'StageMoved',
  'StoreThrottled',
]

/** Whether the secret is as the change was to make it, although the call failed. */
export async function isDoneAnyway(change: Change, application: Checking, code: ErrorCode): Promise<boolean> {
  if (!ambiguousCodes.includes(code)) return false
  try {
    return isDone(change, await application.store.describe(change.name), application)
  } catch (thrown) {
    if (isSyncError(thrown)) return false
    throw thrown
  }
}

function isDone(change: Change, live: Live | null, application: Checking): boolean {
  switch (change.action) {
    case 'create':
    case 'update':
    case 'relabel':
      return live?.current === change.versionId
    case 'restore':
      return live !== null && live.deletionAt === undefined
    case 'adopt':
      return live !== null && application.standingOf(live).kind === 'ours'
    case 'retag': {
      const desired = application.desired.get(change.name)
      return live !== null && desired !== undefined && hasTags(live, application.tagsOf(desired))
    }
    case 'amend': {
      const { description = live?.description, kmsKeyId = live?.kmsKeyId } = change
      return live !== null && live.description === description && live.kmsKeyId === kmsKeyId
    }
    case 'replicate':
      return change.regions.every((region) => hasReplica(live, region))
    case 'unreplicate':
      return !change.regions.some((region) => hasReplica(live, region))
    case 'delete':
      return !live || live.deletionAt !== undefined
    case 'conflict':
      return false
    default:
      return assertNever(change)
  }
}

function hasTags(live: Live, tags: Tags): boolean {
  return Object.entries(tags).every(([key, value]) => live.tags[key] === value)
}

function hasReplica(live: Live | null, region: string): boolean {
  return live?.replicas?.some((replica) => replica.region === region && replica.state !== 'failed') ?? false
}

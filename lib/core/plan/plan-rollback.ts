import type { Pin } from '../audit/intent.ts'
import type { KnownVersions } from '../audit/known-versions.ts'
import type { ConfigId } from '../config/config.ts'
import type { ErrorCode } from '../errors.ts'
import type { SecretName, VersionId } from '../secrets/desired.ts'
import { type IsoTime, parseTime } from '../time.ts'
import { compareChanges } from './change-order.ts'
import type { Standing } from './judge-standing.ts'
import type { Change, Live, Plan, UnavailableReason } from './plan.ts'

/** The versions that the store still has of one secret, with the times when they came to be. */
export type StoredVersions = ReadonlyMap<VersionId, IsoTime>

export interface RollbackInput {
  readonly configId: ConfigId
  readonly pin: Pin
  /** What the history says of the point that the config goes back to. */
  readonly versions: KnownVersions
  /** Names that the config has now. */
  readonly present: readonly SecretName[]
  readonly live: ReadonlyMap<SecretName, Live>
  /** For each secret that is to move; `unreadable` where the service may not look. */
  readonly stored: ReadonlyMap<SecretName, StoredVersions | 'unreadable'>
  readonly standingOf: (live: Live) => Standing
}

/** The clocks of the store and of the history may differ by so much. */
const clockSkewMs = 5 * 60_000

/**
 * What is to be done so that the store says what it said at a point of the history. Labels move, nothing is decrypted
 * and no version is made, but for parameters, which have no labels; secrets that came later stay as they are. Pure; the order is always the same.
 */
export function createRollbackPlan(input: RollbackInput): Plan {
  const { configId, pin, versions, present } = input
  const names = [...versions.keys()].sort()
  const judged = names.map((name) => planSecret(input, name))
  return {
    configId,
    revision: pin.revision,
    changes: judged.flat().sort(compareChanges),
    unchanged: judged.filter((found) => found.length === 0).length,
    disabled: [],
    pinned: { entryAt: pin.entryAt, later: present.filter((name) => !versions.has(name)).sort() },
  }
}

/** The secrets of a plan that cannot go back, and the code that says why of the first of them. */
export function listUnavailable({
  changes,
}: Pick<Plan, 'changes'>): readonly [code: ErrorCode | undefined, names: readonly SecretName[]] {
  const found = changes.flatMap((change) =>
    change.action === 'conflict' && isUnavailable(change.code) ? [change] : [],
  )
  return [found[0]?.code, found.map(({ name }) => name)]
}

/** Whether a code says that a secret cannot go back: only these may be left behind by whoever goes back in part. */
export function isUnavailable(code: ErrorCode | undefined): code is 'VersionExpired' | 'VersionUnreadable' {
  return code === 'VersionExpired' || code === 'VersionUnreadable'
}

/** Whether the secret is to get another version, so that it matters which ones the store still has. */
export function isToMove(live: Live | undefined, versionId: VersionId | undefined): live is Live {
  return live !== undefined && live.current !== versionId
}

function planSecret(input: RollbackInput, name: SecretName): Change[] {
  const { versions, live, standingOf } = input
  const versionId = versions.get(name)
  const secret = live.get(name)
  if (versionId === undefined || !secret) return [unavailable(name, 'secret-gone')]
  const standing = standingOf(secret)
  if (standing.kind !== 'ours') {
    const { code, because } =
      standing.kind === 'conflict' ? standing : ({ code: 'SecretNotOwned', because: 'not-marked' } as const)
    return [{ action: 'conflict', name, because, code }]
  }
  const restored: Change[] =
    secret.deletionAt === undefined ? [] : [{ action: 'restore', name, because: 'scheduled-for-deletion' }]
  if (!isToMove(secret, versionId)) return restored
  const why = findUnavailable(input, name, versionId)
  if (why) return [unavailable(name, why)]
  const from = secret.current === undefined ? {} : { from: secret.current }
  return [...restored, { action: 'relabel', name, because: 'version-pinned', versionId, ...from }]
}

/**
 * Why the version is not the one that the history means. A version that is younger than the entry was written anew
 * under the same id, by whoever could, after the store had dropped the old one.
 */
function findUnavailable(
  { pin, stored }: RollbackInput,
  name: SecretName,
  versionId: VersionId,
): UnavailableReason | undefined {
  const versions = stored.get(name)
  if (versions === 'unreadable') return 'version-unreadable'
  const createdAt = versions?.get(versionId)
  if (createdAt === undefined) return 'version-expired'
  return parseTime(createdAt) > parseTime(pin.entryAt) + clockSkewMs ? 'version-rewritten' : undefined
}

function unavailable(name: SecretName, because: UnavailableReason): Change {
  const code = because === 'version-unreadable' ? 'VersionUnreadable' : 'VersionExpired'
  return { action: 'conflict', name, because, code }
}

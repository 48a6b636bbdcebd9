import { isParameter } from '../../parameters/parameter-name.ts'
import { formatTime, type IsoTime, parseTime } from '../../time.ts'
import type { Change } from '../plan.ts'

/**
 * Calls a second that Secrets Manager and Parameter Store take for one account and region, by what they are counted together as. The
 * listing of older editions of the documentation is the lower one, and is kept to.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const storeQuotas = {
  list: 50,
  create: 50,
  version: 50,
  tag: 50,
  restore: 50,
  delete: 50,
  // Of Parameter Store, without the higher throughput that an account can pay for.
  'parameter-put': 3,
  'parameter-tag': 3,
  'parameter-delete': 3,
} as const

/** Writes that AWS counts together. */
export type WriteApi = Exclude<keyof typeof storeQuotas, 'list'>

/** Plans of up to so many writes go out at once; larger ones lease tokens. */
export const unpacedWrites = 25

/** Leased writes leave the rest of the quota to small plans, and to whoever else uses the account. */
const leasedShare = 0.7

/** A lease that reaches further ahead comes of a clock that was wrong. */
const furthestAheadMs = 10 * 60_000

/** Of one account, region and API: from when on nobody has a token yet. */
export interface QuotaLease {
  readonly freeAt: IsoTime
}

/** Tokens for one second: one at `startsAt` (milliseconds since the epoch), and one each `intervalMs` after. */
export interface TokenGrant {
  readonly lease: QuotaLease
  readonly startsAt: number
  readonly intervalMs: number
  readonly count: number
}

export interface TokenRequest {
  readonly api: WriteApi
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Somebody waits for a push, and nobody for a first sync: that takes only what nobody has reserved. */
  readonly yields: boolean
}

/** Grants the tokens of the next second that is free, or says when to ask again. */
export function grantTokens(
  before: QuotaLease | null,
  { api, now, yields }: TokenRequest,
): TokenGrant | { readonly askAgainAt: number } {
  const takenUntil = before ? parseTime(before.freeAt) : 0
  const freeAt = takenUntil > now + furthestAheadMs ? now : Math.max(now, takenUntil)
  if (yields && freeAt > now) return { askAgainAt: freeAt }
  const count = Math.floor(storeQuotas[api] * leasedShare)
  const intervalMs = 1000 / (storeQuotas[api] * leasedShare)
  return {
    lease: { freeAt: formatTime(Math.ceil(freeAt + count * intervalMs)) },
    startsAt: freeAt,
    intervalMs,
    count,
  }
}

const apis: Readonly<Record<Exclude<Change['action'], 'conflict'>, WriteApi>> = {
  restore: 'restore',
  adopt: 'tag',
  create: 'create',
  update: 'version',
  relabel: 'version',
  retag: 'tag',
  amend: 'version',
  replicate: 'version',
  unreplicate: 'version',
  delete: 'delete',
}

const parameterApis: typeof apis = {
  ...apis,
  adopt: 'parameter-tag',
  create: 'parameter-put',
  update: 'parameter-put',
  relabel: 'parameter-put',
  retag: 'parameter-tag',
  delete: 'parameter-delete',
}

/** What a change is counted as; `null` where it writes nothing. */
export function findWriteApi({ action, name }: Pick<Change, 'action' | 'name'>): WriteApi | null {
  if (action === 'conflict') return null
  return isParameter(name) ? parameterApis[action] : apis[action]
}

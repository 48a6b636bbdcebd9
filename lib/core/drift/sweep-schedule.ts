import { createHash } from 'node:crypto'
import type { Config, ConfigId } from '../config/config.ts'
import { formatTenant } from '../config/config-id.ts'
import { storeQuotas } from '../plan/pace/budget.ts'
import type { Recurring } from '../source/pull-slots.ts'
import type { ConfigHead, Publishing } from '../state/records.ts'

/** `ListSecrets` shows so many secrets at a time. */
export const secretsPerPage = 100

/** Paging takes at most this share of the quota, so that syncs always have the rest. */
const pagingShare = 0.25

/** Milliseconds from one page of a sweep to the next. */
export const pageGapMs = 1000 / (storeQuotas.list * pagingShare)

/**
 * What a config publishes to, so that a listing can be made for all that publish to the same place by the same right:
 * one of the account's own, or one for each role and tenant.
 */
export function describePublishing(
  { id, aws: { region, roleArn }, reconcileIntervalMs }: Pick<Config, 'id' | 'aws' | 'reconcileIntervalMs'>,
  { account, secrets }: { readonly account: string; readonly secrets: number },
): Publishing {
  return {
    sweepId: formatSweepId({ account, region, roleArn }, id),
    region,
    ...(roleArn === undefined ? {} : { roleArn }),
    reconcileIntervalMs,
    secrets,
  }
}

interface Place {
  readonly account: string
  readonly region: string
  readonly roleArn: string | undefined
}

function formatSweepId({ account, region, roleArn }: Place, id: ConfigId): string {
  if (roleArn === undefined) return `${account}/${region}`
  const right = JSON.stringify([roleArn, formatTenant(id)])
  return `${account}/${region}/${createHash('sha256').update(right).digest('base64url')}`
}

/** A config whose secrets a listing can tell something about. */
export type SweptHead = ConfigHead & { readonly publishing: Publishing }

/**
 * Whether drift is looked for in the secrets of a config. One that is being written, that failed before it had a plan,
 * or that is looked at again soon by itself has a look to come that sees everything.
 */
export function isSwept(head: ConfigHead): head is SweptHead {
  const { publishing, watching, lease, nextDueAt, status } = head
  return (
    publishing !== undefined &&
    publishing.secrets > 0 &&
    watching !== undefined &&
    lease === undefined &&
    nextDueAt === undefined &&
    (status.phase === 'Ready' || status.phase === 'PartialFailure')
  )
}

/**
 * Every place that is listed, with the smallest `reconcileInterval` among its configs: all of a region stretched alike
 * where their paging would take more than its share. AWS counts the calls into other accounts on the caller.
 */
export function listSweeps(heads: readonly ConfigHead[]): readonly Recurring[] {
  const places = Map.groupBy(heads.filter(isSwept), ({ publishing }) => publishing.sweepId)
  const sweeps = [...places].map(([key, configs]) => {
    const secrets = configs.reduce((sum, { publishing }) => sum + publishing.secrets, 0)
    return {
      key,
      region: configs[0]?.publishing.region ?? '',
      intervalMs: Math.min(...configs.map(({ publishing }) => publishing.reconcileIntervalMs)),
      pages: Math.floor(secrets / secretsPerPage) + 1,
    }
  })
  return [...Map.groupBy(sweeps, ({ region }) => region).values()].flatMap((regional) => {
    const pagesPerMs = regional.reduce((sum, { pages, intervalMs }) => sum + pages / intervalMs, 0)
    const stretch = Math.max(1, pagesPerMs * pageGapMs)
    return regional.map(({ key, intervalMs }) => ({ key, intervalMs: Math.ceil(intervalMs * stretch) }))
  })
}

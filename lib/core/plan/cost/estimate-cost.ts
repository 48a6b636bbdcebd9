import type { Config } from '../../config/config.ts'
import { isParameter } from '../../parameters/parameter-name.ts'
import type { Change } from '../plan.ts'
import { monthMs, prices } from './prices.ts'

/** What a plan costs to carry out, and the config afterwards. In US dollars. */
export interface Cost {
  /** Calls that carry the plan out, by the name of their action in IAM. */
  readonly calls: Readonly<Record<string, number>>
  readonly callsUsd: number
  readonly month: MonthlyCost
  /** The day of the prices. */
  readonly pricesAsOf: string
}

/** A month of watching, in which nothing changes. */
export interface MonthlyCost {
  /** Secrets and their copies in other regions. */
  readonly secrets: number
  readonly secretsUsd: number
  /** The config's share in the lists of its account and region, and looks at copies, which no list shows. */
  readonly calls: number
  readonly callsUsd: number
}

export interface CostInput {
  readonly config: Pick<Config, 'aws' | 'reconcileIntervalMs'>
  readonly changes: readonly Change[]
  /** Secrets that the config has when the plan is carried out; parameters of the standard tier cost nothing. */
  readonly secrets: number
}

/** A list shows so many secrets. */
const secretsPerPage = 100
const replicaLookMs = 60 * 60_000

/** Estimates; what AWS rounds, retries and rejects is not in it. */
export function estimateCost({ config, changes, secrets }: CostInput): Cost {
  const calls: Record<string, number> = {}
  for (const action of changes.flatMap(listCalls)) calls[action] = (calls[action] ?? 0) + 1
  const { replicaRegions } = config.aws
  const pages = (secrets / secretsPerPage) * (monthMs / config.reconcileIntervalMs)
  const looks = replicaRegions.length === 0 ? 0 : secrets * (monthMs / replicaLookMs)
  const watching = Math.ceil(pages + looks)
  const kept = secrets * (1 + replicaRegions.length)
  return {
    calls,
    callsUsd: priceCalls(changes.filter(({ name }) => !isParameter(name)).flatMap(listCalls).length),
    month: {
      secrets: kept,
      secretsUsd: round(kept * prices.perSecretAndMonth),
      calls: watching,
      callsUsd: priceCalls(watching),
    },
    pricesAsOf: prices.asOf,
  }
}

const callsOf: Readonly<Record<Change['action'], readonly string[]>> = {
  restore: ['RestoreSecret'],
  adopt: ['DescribeSecret', 'TagResource'],
  create: ['CreateSecret'],
  amend: ['UpdateSecret'],
  update: ['PutSecretValue'],
  relabel: ['UpdateSecretVersionStage'],
  retag: ['TagResource'],
  replicate: ['ReplicateSecretToRegions'],
  unreplicate: ['RemoveRegionsFromReplication'],
  delete: ['DescribeSecret', 'DeleteSecret'],
  conflict: [],
}

/** A parameter knows no labels, so that a former value is written again; no copies and no second thoughts. */
const parameterCallsOf: Partial<typeof callsOf> = {
  adopt: ['DescribeParameters', 'AddTagsToResource'],
  create: ['PutParameter'],
  update: ['PutParameter'],
  relabel: ['GetParameterHistory', 'GetParameter', 'PutParameter'],
  retag: ['AddTagsToResource'],
  delete: ['DescribeParameters', 'DeleteParameters'],
}

function listCalls({ action, name }: Change): readonly string[] {
  return (isParameter(name) ? parameterCallsOf[action] : callsOf[action]) ?? []
}

function priceCalls(count: number): number {
  return round((count / 10_000) * prices.per10000Calls)
}

/** To a hundredth of a cent. */
function round(usd: number): number {
  return Math.round(usd * 10_000) / 10_000
}

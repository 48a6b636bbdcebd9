import type { Config } from '../config/config.ts'
import { assertNever } from '../errors.ts'
import { isParameter } from '../parameters/parameter-name.ts'
import { parameterTypeOf } from '../parameters/storable.ts'
import type { Desired, SecretName, Tags, VersionId } from '../secrets/desired.ts'
import type { Revision } from '../source/source.ts'
import { compareChanges } from './change-order.ts'
import { estimateCost } from './cost/estimate-cost.ts'
import { judgeStanding, type Standing } from './judge-standing.ts'
import type { Change, Live, Plan } from './plan.ts'
import { planNewReplicas, planSettings } from './plan-settings.ts'
import { type PruningInput, planPruning } from './prune/plan-pruning.ts'

/** `live` is what the store has under the wanted names and those of the inventory. */
export interface PlanInput extends PruningInput {
  readonly config: PruningInput['config'] & Pick<Config, 'triggerUpdate' | 'aws' | 'reconcileIntervalMs'>
  readonly revision: Revision
  /** All tags that a secret is to carry, marks included. */
  readonly tagsOf: (desired: Desired) => Tags
}

/** What is to be done so that the store says what Git says. Pure; the order is always the same. */
export function createPlan(input: PlanInput): Plan {
  const { config, set } = input
  const judged = set.secrets.map((desired) => planSecret(input, desired))
  const changes = judged.flat().sort(compareChanges)
  const held = config.triggerUpdate
    ? []
    : [...new Set(changes.filter(isUpdate).map(({ name }) => name))].sort()
  const { pruning, changes: deletions } = planPruning(input, changes)
  const planned = [
    ...(config.triggerUpdate ? changes : changes.filter((change) => !isUpdate(change))),
    ...deletions,
  ].sort(compareChanges)
  const secrets = set.secrets.filter(({ name }) => !isParameter(name)).length
  return {
    configId: config.id,
    revision: input.revision,
    changes: planned,
    unchanged: judged.filter((found) => found.length === 0).length,
    cost: estimateCost({ config, changes: planned, secrets }),
    disabled: set.disabled,
    ...(held.length > 0 && { held }),
    ...(pruning && { pruning }),
  }
}

function isUpdate({ action }: Change): boolean {
  return action === 'update' || action === 'relabel' || action === 'amend'
}

function planSecret(input: PlanInput, desired: Desired): Change[] {
  const { name, versionId } = desired
  const live = input.live.get(name)
  if (!live) {
    const creation: Change = { action: 'create', name, because: 'missing', versionId }
    return [creation, ...planNewReplicas(input.config.aws, name)]
  }
  const standing = judgeStanding(input.ownership, input.config, live)
  switch (standing.kind) {
    case 'conflict':
      return [planConflict(live, standing)]
    case 'adoptable':
      if (hasOtherType(desired, live)) return [typeConflict(name)]
      return [...planRestore(live), planAdoption(name, standing.at), ...planContent(input, desired, live)]
    case 'ours':
      if (hasOtherType(desired, live)) return [typeConflict(name)]
      return [...planRestore(live), ...planContent(input, desired, live), ...planTags(input, desired, live)]
    default:
      return assertNever(standing)
  }
}

/** A type never changes in Parameter Store. */
function hasOtherType({ kind }: Desired, { parameter }: Live): boolean {
  if (!parameter || kind === 'string' || kind === 'binary') return false
  return parameter.type !== parameterTypeOf(kind)
}

function typeConflict(name: SecretName): Change {
  return { action: 'conflict', name, because: 'type-differs', code: 'ParameterTypeFixed' }
}

function planConflict(
  { name, current, parameter }: Live,
  { because, code, owner }: Extract<Standing, { kind: 'conflict' }>,
): Change {
  const version = parameter ? String(parameter.number) : current
  return {
    ...{ action: 'conflict', name, because, code },
    ...(owner === undefined ? {} : { owner }),
    ...(code === 'SecretNotOwned' && version !== undefined ? { at: version } : {}),
  }
}

/** The value, and apart from it what is set beside it. */
function planContent({ config }: PlanInput, desired: Desired, live: Live): Change[] {
  const version = planVersion(desired, live)
  return [...version, ...planSettings({ config, live, isRewritten: version.length > 0 })]
}

/** The mark comes first: a crash after the update alone would leave a foreign secret with our value. */
function planAdoption(name: SecretName, at: VersionId): Change {
  return { action: 'adopt', name, because: 'listed-for-adoption', at }
}

function planRestore({ name, deletionAt }: Live): Change[] {
  return deletionAt === undefined ? [] : [{ action: 'restore', name, because: 'scheduled-for-deletion' }]
}

function planVersion({ name, versionId }: Desired, live: Live): Change[] {
  if (live.current === versionId) return []
  const from = live.current === undefined ? {} : { from: live.current }
  return live.versions.has(versionId)
    ? [{ action: 'relabel', name, because: 'version-known', versionId, ...from }]
    : [{ action: 'update', name, because: 'value-changed', versionId, ...from }]
}

function planTags({ tagsOf }: PlanInput, desired: Desired, live: Live): Change[] {
  const isTagged = Object.entries(tagsOf(desired)).every(([key, value]) => live.tags[key] === value)
  return isTagged ? [] : [{ action: 'retag', name: desired.name, because: 'tags-changed' }]
}

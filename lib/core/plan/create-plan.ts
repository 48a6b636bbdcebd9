import type { Config } from '../config/config.ts'
import { assertNever } from '../errors.ts'
import type { Desired, SecretName, Tags, VersionId } from '../secrets/desired.ts'
import type { Revision } from '../source/source.ts'
import { compareChanges } from './change-order.ts'
import { judgeStanding } from './judge-standing.ts'
import type { Change, Live, Plan } from './plan.ts'
import { type PruningInput, planPruning } from './plan-pruning.ts'

/** `live` is what the store has under the wanted names and those of the inventory. */
export interface PlanInput extends PruningInput {
  readonly config: PruningInput['config'] & Pick<Config, 'triggerUpdate'>
  readonly revision: Revision
  /** All tags that a secret is to carry, marks included. */
  readonly tagsOf: (desired: Desired) => Tags
}

/** What is to be done so that the store says what Git says. Pure; the order is always the same. */
export function createPlan(input: PlanInput): Plan {
  const { config, set } = input
  const judged = set.secrets.map((desired) => planSecret(input, desired))
  const changes = judged.flat().sort(compareChanges)
  const held = config.triggerUpdate ? [] : changes.filter(isUpdate).map(({ name }) => name)
  const { pruning, changes: deletions } = planPruning(input, changes)
  return {
    configId: config.id,
    revision: input.revision,
    changes: [
      ...(config.triggerUpdate ? changes : changes.filter((change) => !isUpdate(change))),
      ...deletions,
    ],
    unchanged: judged.filter((found) => found.length === 0).length,
    disabled: set.disabled,
    ...(held.length > 0 && { held }),
    ...(pruning && { pruning }),
  }
}

function isUpdate({ action }: Change): boolean {
  return action === 'update' || action === 'relabel'
}

function planSecret(input: PlanInput, desired: Desired): Change[] {
  const { name, versionId } = desired
  const live = input.live.get(name)
  if (!live) return [{ action: 'create', name, because: 'missing', versionId }]
  const standing = judgeStanding(input.ownership, input.config, live)
  switch (standing.kind) {
    case 'conflict':
      return [{ action: 'conflict', name, because: standing.because, code: standing.code }]
    case 'adoptable':
      return [...planRestore(live), planAdoption(name, standing.at), ...planVersion(desired, live)]
    case 'ours':
      return [...planRestore(live), ...planVersion(desired, live), ...planTags(input, desired, live)]
    default:
      return assertNever(standing)
  }
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

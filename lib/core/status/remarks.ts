import type { Plan } from '../plan/plan.ts'
import { formatRevision } from '../source/revision.ts'
import { formatNames } from './format-names.ts'
import type { Condition } from './status.ts'

type Remark = Omit<Condition, 'lastTransitionTime'>

/** What is worth knowing of a config beside whether it is ready; a remark exists only while it is true. */
export function listRemarks(
  {
    revision,
    disabled,
    held = [],
    leftBehind = [],
    pinned,
    pruning,
  }: Pick<Plan, 'revision' | 'disabled' | 'held' | 'leftBehind' | 'pinned' | 'pruning'>,
  ignoredFields: readonly string[],
): readonly Remark[] {
  const remarks: Remark[] = []
  if (ignoredFields.length > 0) {
    const message = `These fields have no effect: ${formatNames(ignoredFields)}`
    remarks.push({ type: 'FieldsIgnored', status: 'True', reason: 'ConfigFieldIgnored', message })
  }
  if (pinned) {
    const kept = pinned.later.length === 0 ? '' : `; these came later and stay: ${formatNames(pinned.later)}`
    const message = `Stays at ${formatRevision(revision)} until it is resumed${kept}`
    remarks.push({ type: 'Pinned', status: 'True', reason: 'ConfigPinned', message })
  }
  if (disabled.length > 0) {
    const message = `Disabled in Git, so neither published nor deleted: ${formatNames(disabled)}`
    remarks.push({ type: 'Disabled', status: 'True', reason: 'SecretDisabled', message })
  }
  if (held.length > 0) {
    const message = `Other than in Git, and kept so: ${formatNames(held)}`
    remarks.push({ type: 'Held', status: 'True', reason: 'SecretHeld', message })
  }
  if (pruning?.held === 'report' || pruning?.held === 'new-uid') {
    const moves = pruning.moves?.map(({ from, to }) => `${from} to ${to}`) ?? []
    const moved = moves.length === 0 ? '' : `; moved: ${formatNames(moves)}`
    const message = `No longer named in Git, and kept: ${formatNames(pruning.unwanted)}${moved}`
    remarks.push({ type: 'Unwanted', status: 'True', reason: 'SecretUnwanted', message })
  }
  if (leftBehind.length > 0) {
    const places = leftBehind.map(
      ({ account, region, names }) => `in ${region} of ${account}: ${formatNames(names)}`,
    )
    const message = `Left behind ${places.join('; ')}`
    remarks.push({ type: 'LeftBehind', status: 'True', reason: 'SecretLeftBehind', message })
  }
  return remarks
}

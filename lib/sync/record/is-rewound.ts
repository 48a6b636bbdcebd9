import type { SyncDependencies } from '../dependencies.ts'
import type { Look, Target } from '../look.ts'

/** So many entries of the history are searched. */
const searchedEntries = 50

/**
 * Whether the ref went back to a commit that was published before the present one. A commit that undoes another is a
 * new one, and what was never published is not known to be older.
 */
export async function isRewound(
  { state }: Pick<SyncDependencies, 'state'>,
  { head, intent }: Look,
  { mark: { revision } }: Target,
): Promise<boolean> {
  const applied = head?.applied?.revision
  if (!applied || applied.ref !== revision.ref || applied.commit === revision.commit) return false
  // Into a pin, and out of one, a config goes where an operator wants it.
  if (intent?.pin || head.intentId !== undefined) return false
  const entries = await state.listHistory(head.id, searchedEntries)
  return entries.some(
    (entry) => entry.revision?.ref === revision.ref && entry.revision.commit === revision.commit,
  )
}

import { listCommitParents } from '../../../core/git/commit-object.ts'
import { createExpandCommit, type ExpandCommit } from './expand-commit.ts'
import type { RemoteRepository } from './remote-repository.ts'

/** What is asked of the commits of a repository alone. */
export interface History {
  isAncestor(ancestor: string, commit: string): Promise<boolean>
  readonly expandCommit: ExpandCommit
}

export function createHistory(remote: RemoteRepository): History {
  return {
    isAncestor: (ancestor, commit) => isAncestor(remote, ancestor, commit),
    expandCommit: createExpandCommit(remote),
  }
}

/** What leads to `commit` and not to `ancestor` begins, on the way back, with a child of it. */
async function isAncestor(remote: RemoteRepository, ancestor: string, commit: string): Promise<boolean> {
  if (ancestor === commit) return true
  const since = await remote.fetchCommits([commit], [ancestor])
  return [...since.values()].some(
    ({ type, bytes }) => type === 'commit' && listCommitParents(bytes).includes(ancestor),
  )
}

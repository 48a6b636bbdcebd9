import { isSyncError, SyncError } from '../../../core/errors.ts'
import { listCommitParents } from '../../../core/git/commit-object.ts'
import type { RefListing } from '../../../core/source/source.ts'
import type { GitObjects } from '../packs/read-pack.ts'
import type { RemoteRepository } from './remote-repository.ts'

/** The whole id of a commit, from its begin and what the server lists; see `GitClient`. */
export type ExpandCommit = (abbreviation: string, listing: RefListing) => Promise<string>

/** Which commits begin so, among all that lead to `tips`. */
interface Search {
  readonly tips: ReadonlySet<string>
  readonly found: ReadonlySet<string>
  /** That there are too many of them, which is not asked again before the refs move. */
  readonly failure?: SyncError
}

const maxSearches = 64
/** How many known commits a server is told of; with fewer it sends more than is needed. */
const maxHaves = 1_000

/**
 * Looks through the commits of all branches and tags, without their trees where the server can leave those out. What
 * was found is remembered: while no ref moves nothing is fetched, and then only the commits that are new.
 */
export function createExpandCommit({ fetchCommits }: Pick<RemoteRepository, 'fetchCommits'>): ExpandCommit {
  const searches = new Map<string, Promise<Search>>()

  async function search(abbreviation: string, tips: ReadonlySet<string>): Promise<Search> {
    const before = await searches.get(abbreviation)?.catch(() => null)
    if (before && isSame(before.tips, tips)) return before
    try {
      const found =
        (before && (await searchNew(before, abbreviation, tips))) ?? (await searchAll(abbreviation, tips))
      return { tips, found }
    } catch (failure) {
      if (isSyncError(failure, 'GitFetchTooLarge')) return { tips, found: new Set(), failure }
      throw failure
    }
  }

  async function searchAll(abbreviation: string, tips: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (tips.size === 0) return new Set()
    return select(await fetchCommits([...tips], []), abbreviation)
  }

  /** `null` where what was known may be gone: a tip that is none any more is not seen to lead to a new one. */
  async function searchNew(
    before: Search,
    abbreviation: string,
    tips: ReadonlySet<string>,
  ): Promise<ReadonlySet<string> | null> {
    const added = [...tips].filter((tip) => !before.tips.has(tip))
    const passed = [...before.tips].filter((tip) => !tips.has(tip))
    if (before.failure || added.length === 0) return null
    const haves = [...new Set([...passed, ...before.tips])].slice(0, maxHaves)
    const commits = await fetchCommits(added, haves)
    const parents = new Set(listCommits(commits).flatMap(([, bytes]) => listCommitParents(bytes)))
    if (!passed.every((tip) => parents.has(tip))) return null
    return new Set([...before.found, ...select(commits, abbreviation)])
  }

  return async (abbreviation, listing) => {
    const searching = search(abbreviation, listTips(listing))
    searches.delete(abbreviation)
    searches.set(abbreviation, searching)
    const [oldest = abbreviation] = searches.keys()
    if (searches.size > maxSearches) searches.delete(oldest)
    const { found, failure } = await searching
    if (failure) throw failure
    const [commit, ...others] = [...found].sort()
    if (commit === undefined) throw new SyncError('GitRefNotFound', { data: { ref: abbreviation } })
    if (others.length === 0) return commit
    throw new SyncError('GitRefAmbiguous', {
      data: { ref: abbreviation, commits: [commit, ...others].slice(0, 5) },
    })
  }
}

/** Only of the refs that are followed: those of pull requests are not listed. */
function listTips({ refs }: RefListing): ReadonlySet<string> {
  return new Set(refs.values())
}

function listCommits(objects: GitObjects): [oid: string, bytes: Uint8Array][] {
  return [...objects].flatMap(([oid, { type, bytes }]) => (type === 'commit' ? [[oid, bytes]] : []))
}

function select(objects: GitObjects, abbreviation: string): ReadonlySet<string> {
  const oids = listCommits(objects).map(([oid]) => oid)
  return new Set(oids.filter((oid) => oid.startsWith(abbreviation)))
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((tip) => other.has(tip))
}

import type { ConfigId } from '../core/config/config.ts'
import { digestJson } from '../core/config/digest.ts'
import { SyncError, toSyncError } from '../core/errors.ts'
import type { Poke } from '../core/poke.ts'
import { concerns } from '../core/source/push-concerns.ts'
import { formatRef } from '../core/source/resolve-ref.ts'
import type { Ref, RefListing, Revision } from '../core/source/source.ts'
import type { Watcher } from '../core/state/records.ts'
import { formatTime } from '../core/time.ts'
import type { GitRemote, Snapshot } from '../ports.ts'
import type { SyncDependencies } from './dependencies.ts'
import { resolveListed } from './resolve/resolve-listed.ts'

/** How many configs a repository look has found and poked. */
export interface RepositoryReport {
  readonly watchers: number
  readonly poked: readonly ConfigId[]
}

export type WatchRepository = (poke: Poke) => Promise<RepositoryReport>

/** Configs that share what is needed to read the repository share the listing and the trees. */
interface RemoteGroup {
  readonly remote: GitRemote
  readonly watchers: readonly Watcher[]
}

/**
 * Looks at a repository once for all configs that follow it: refs once, trees once, and pokes just those whose last
 * build read something that has moved, or that wait for a push to mend them.
 */
export function createWatchRepository(dependencies: SyncDependencies): WatchRepository {
  return async (poke) => {
    const { state, queue, telemetry, clock } = dependencies
    const startedAt = clock.now()
    const watchers = await state.listWatchers(poke.id)
    const found = await Promise.all(
      groupByRemote(watchers).map((group) => lookAtGroup(dependencies, poke, group)),
    )
    const poked = found.flat()
    await queue.send(poked.map((id) => createFanOut(poke, id)))
    telemetry.log('info', 'repository looked at', {
      repository: poke.id,
      requestId: poke.requestId,
      durationMs: clock.now() - startedAt,
      counts: { watchers: watchers.length, poked: poked.length },
    })
    telemetry.measure('ConfigsPoked', poked.length)
    return { watchers: watchers.length, poked }
  }
}

function groupByRemote(watchers: readonly Watcher[]): RemoteGroup[] {
  const groups = new Map<string, { remote: GitRemote; watchers: Watcher[] }>()
  for (const watcher of watchers) {
    const { url, credentials } = watcher
    const key = digestJson([url, credentials])
    const group = groups.get(key) ?? { remote: credentials ? { url, credentials } : { url }, watchers: [] }
    group.watchers.push(watcher)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** The parent's time goes on: what a config poke asks for was true when the push arrived. */
function createFanOut(parent: Poke, id: ConfigId) {
  const poke: Poke = { ...parent, kind: 'config', id, trigger: 'fan-out' }
  return { poke, dedupId: `${parent.requestId}/${id}` }
}

async function lookAtGroup(
  dependencies: SyncDependencies,
  poke: Poke,
  { remote, watchers }: RemoteGroup,
): Promise<ConfigId[]> {
  const resolvedAt = formatTime(dependencies.clock.now())
  let listing: RefListing
  try {
    listing = await dependencies.git.listRefs(remote)
  } catch (thrown) {
    // Each config says for itself that the repository does not answer, and by which code.
    logUnreadable(dependencies, poke.id, thrown)
    return watchers.map(({ configId }) => configId)
  }
  const snapshots = createSnapshots(dependencies, poke.id, remote)
  const written = new Set<string>()
  const judged = await Promise.all(
    watchers.map(async (watcher) => {
      const revision = await resolveQuietly(dependencies, { remote, ref: watcher.ref }, listing)
      if (!revision) return watcher.configId
      const ref = formatRef(watcher.ref)
      if (!written.has(ref)) {
        written.add(ref)
        await storeRef(dependencies, { repositoryKey: poke.id, ref, revision, resolvedAt })
      }
      return (await isConcerned(dependencies, { watcher, revision, snapshots })) ? watcher.configId : null
    }),
  )
  return judged.filter((id) => id !== null)
}

/** `null` where the ref is gone: the config itself says so. */
async function resolveQuietly(
  { git }: SyncDependencies,
  wanted: { readonly remote: GitRemote; readonly ref: Ref },
  listing: RefListing,
): Promise<Revision | null> {
  try {
    return await resolveListed(git, wanted, listing)
  } catch (thrown) {
    if (thrown instanceof SyncError) return null
    throw thrown
  }
}

/**
 * A ref that has not moved is not written again: the configs that need it newer list the refs themselves. Neither is
 * one that a later look has found to be elsewhere.
 */
async function storeRef(
  { state }: SyncDependencies,
  found: { repositoryKey: string; ref: string; revision: Revision; resolvedAt: string },
): Promise<void> {
  const { repositoryKey, ref, revision, resolvedAt } = found
  const before = await state.readRef(repositoryKey, ref)
  if (before && (before.revision.commit === revision.commit || before.resolvedAt > resolvedAt)) return
  await state.writeRef(repositoryKey, ref, { revision, resolvedAt })
}

type Snapshots = (commit: string) => Promise<Snapshot | null>

/** Opens each commit once; `null` where it cannot be read. */
function createSnapshots(
  dependencies: SyncDependencies,
  repositoryKey: string,
  remote: GitRemote,
): Snapshots {
  const opened = new Map<string, Promise<Snapshot | null>>()
  const open = async (commit: string) => {
    try {
      return await dependencies.git.open(remote, commit)
    } catch (thrown) {
      logUnreadable(dependencies, repositoryKey, thrown)
      return null
    }
  }
  return (commit) => {
    const snapshot = opened.get(commit) ?? open(commit)
    opened.set(commit, snapshot)
    return snapshot
  }
}

function logUnreadable({ telemetry }: SyncDependencies, repository: string, thrown: unknown): void {
  telemetry.log('warn', 'repository not readable', { repository, code: toSyncError(thrown).code })
}

async function isConcerned(
  { state }: SyncDependencies,
  { watcher, revision, snapshots }: { watcher: Watcher; revision: Revision; snapshots: Snapshots },
): Promise<boolean> {
  const head = await state.readHead(watcher.configId)
  if (head?.attempted?.revision?.commit === revision.commit) return false
  if (!head?.applied || head.status.phase !== 'Ready') return true
  const dependencies = await state.readDependencies(watcher.configId, head.generation)
  const snapshot = await snapshots(revision.commit)
  // Here too each config says for itself why the commit cannot be read.
  return snapshot === null || concerns(dependencies, snapshot.tree)
}

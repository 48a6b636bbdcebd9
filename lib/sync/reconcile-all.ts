import type { Intent } from '../core/audit/intent.ts'
import type { ConfigId } from '../core/config/config.ts'
import { formatConfigId } from '../core/config/config-id.ts'
import { digestSpec } from '../core/config/digest-spec.ts'
import type { Manifest } from '../core/config/manifest.ts'
import { listSweeps } from '../core/drift/sweep-schedule.ts'
import { isSyncError } from '../core/errors.ts'
import type { Poke } from '../core/poke.ts'
import { listDueSlots } from '../core/source/pull-slots.ts'
import type { ConfigHead } from '../core/state/records.ts'
import { formatTime, type IsoTime } from '../core/time.ts'
import type { ConfigSource, OutgoingPoke } from '../ports.ts'
import type { SyncDependencies } from './dependencies.ts'
import { openConfig, openSubject } from './open-config.ts'

/** What one scheduled pass has poked; `null` counts where another pass had the turn. */
export interface ReconcileReport {
  readonly configs: number
  readonly repositories: number
  /** Accounts and regions whose secrets are to be listed. */
  readonly sweeps: number
}

/** A pass opens nothing and decrypts nothing, so it is given no means to. */
export type ReconcileDependencies = Pick<
  SyncDependencies,
  'deployment' | 'policy' | 'configSources' | 'state' | 'queue' | 'telemetry' | 'clock'
>

export type ReconcileAll = () => Promise<ReconcileReport | null>

/** Two passes within this time are one. */
const minimumGapMs = 20_000
const dueAtATime = 1_000

/**
 * The scheduled pass: pokes configs that are new, changed, gone or due, and repositories and accounts whose interval
 * has begun anew. It only detects; the worker decides.
 */
export function createReconcileAll(dependencies: ReconcileDependencies): ReconcileAll {
  return async () => {
    const { state, clock, queue, telemetry } = dependencies
    const now = clock.now()
    const tick = await state.takeTick(formatTime(now), minimumGapMs)
    if (!tick) return null
    const heads = new Map((await state.listHeads()).map((head) => [head.id, head]))
    const intents = new Map((await state.listIntents()).map((intent) => [intent.configId, intent]))
    const changed = await Promise.all(
      dependencies.configSources.map((source) => listChanged(dependencies, source, { heads, intents })),
    )
    const due = await state.listDue(formatTime(now), dueAtATime)
    const configs = [...new Set([...changed.flat(), ...due])]
    const since = tick.previousAt === null ? null : Date.parse(tick.previousAt)
    const repositories = listDueSlots(listRepositories(heads), { since, now })
    const sweeps = listDueSlots(listSweeps([...heads.values()]), { since, now })
    const requestedAt = formatTime(now)
    await queue.send([
      ...configs.map((id) => createPoke('config', id, requestedAt)),
      ...repositories.map(({ key }) => createPoke('repository', key, requestedAt)),
      ...sweeps.map(({ key }) => createPoke('sweep', key, requestedAt)),
    ])
    const counts = { configs: configs.length, repositories: repositories.length, sweeps: sweeps.length }
    telemetry.log('info', 'reconciled', { counts })
    // An alarm waits for these to stay away.
    telemetry.measure('PassesEnded', 1)
    return counts
  }
}

function createPoke(kind: Poke['kind'], id: string, requestedAt: IsoTime): OutgoingPoke {
  const requestId = `schedule-${requestedAt}`
  return {
    poke: { v: 1, kind, id, trigger: 'schedule', requestId, requestedAt },
    dedupId: `${id}@${requestedAt}`,
  }
}

interface Known {
  readonly heads: ReadonlyMap<ConfigId, ConfigHead>
  /** Those in force. */
  readonly intents: ReadonlyMap<ConfigId, Intent>
}

/** The configs of one source whose manifest, or the object that it follows, is not the one looked at last. */
async function listChanged(
  dependencies: ReconcileDependencies,
  source: ConfigSource,
  { heads, intents }: Known,
): Promise<ConfigId[]> {
  const { manifests, problems } = await source.listConfigs()
  const onePass = rememberSources(source)
  for (const { file } of problems) {
    dependencies.telemetry.log('warn', 'manifest not readable', { step: file, code: 'ManifestUnreadable' })
  }
  const present = new Set<ConfigId>()
  const changed: ConfigId[] = []
  for (const manifest of manifests) {
    const id = formatConfigId({ source: source.name, ...manifest.metadata })
    present.add(id)
    if (
      await hasChanged(dependencies, {
        source: onePass,
        manifest,
        id,
        head: heads.get(id),
        intent: intents.get(id),
      })
    )
      changed.push(id)
  }
  // A config is only believed to be gone when every manifest could be read.
  const gone =
    problems.length > 0 ? [] : [...heads.values()].filter((head) => isGone(head, source.name, present))
  return [...changed, ...gone.map(({ id }) => id)]
}

/** `source` for the length of one pass: many configs follow one object, which is read once for all of them. */
function rememberSources(source: ConfigSource): ConfigSource {
  const read = new Map<string, Promise<Manifest | null>>()
  return {
    ...source,
    readSource: async (ref) => {
      const key = JSON.stringify([ref.kind, ref.namespace, ref.name])
      const reading = read.get(key) ?? source.readSource(ref)
      read.set(key, reading)
      return await reading
    },
  }
}

function isGone(head: ConfigHead, sourceName: string, present: ReadonlySet<ConfigId>): boolean {
  const isKnown = head.watching !== undefined || head.nextDueAt !== undefined
  return isKnown && head.id.startsWith(`${sourceName}/`) && !present.has(head.id)
}

interface Candidate {
  readonly source: ConfigSource
  readonly manifest: Manifest
  readonly id: ConfigId
  readonly head: ConfigHead | undefined
  readonly intent: Intent | undefined
}

async function hasChanged(dependencies: ReconcileDependencies, candidate: Candidate): Promise<boolean> {
  const { source, manifest, id, head, intent } = candidate
  if (!head?.attempted || head.attempted.specDigest !== digestSpec(manifest)) return true
  if (head.intentId !== intent?.requestId) return true
  try {
    const config = openConfig({ configSource: source, manifest }, id)
    // What is pinned stays so, whatever its source says.
    if (config.suspend || intent?.suspended || intent?.pin) return false
    const { optionDigest } = await openSubject(dependencies, config, source)
    return head.attempted.optionDigest !== optionDigest
  } catch (thrown) {
    // What stands in the way is known from the last look, which also says when to look again.
    if (isSyncError(thrown)) return false
    throw thrown
  }
}

function listRepositories(heads: ReadonlyMap<ConfigId, ConfigHead>) {
  const intervals = new Map<string, number>()
  for (const { watching } of heads.values()) {
    if (!watching) continue
    const { repositoryKey, watcher } = watching
    const shortest = Math.min(
      intervals.get(repositoryKey) ?? Number.POSITIVE_INFINITY,
      watcher.pullIntervalMs,
    )
    intervals.set(repositoryKey, shortest)
  }
  return [...intervals].map(([key, intervalMs]) => ({ key, intervalMs }))
}

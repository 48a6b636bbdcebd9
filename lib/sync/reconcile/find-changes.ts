import type { Intent } from '../../core/audit/intent.ts'
import type { ConfigId } from '../../core/config/config.ts'
import { formatConfigId } from '../../core/config/config-id.ts'
import type { Manifest, ManifestListing } from '../../core/config/manifest.ts'
import { toSyncError } from '../../core/errors.ts'
import type { ObjectRef } from '../../core/source/source.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import type { ConfigSource } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { judgeManifest } from './judge-manifest.ts'
import type { PokeSender } from './poke-sender.ts'

type ChangeDependencies = Pick<
  SyncDependencies,
  'deployment' | 'policy' | 'configSources' | 'telemetry' | 'clock'
> & { readonly sender: PokeSender }

/** What a pass knows before it asks where configs come from. */
export interface PassState {
  readonly heads: ReadonlyMap<ConfigId, ConfigHead>
  /** Those in force. */
  readonly intents: ReadonlyMap<ConfigId, Intent>
  readonly pass: { readonly now: number; readonly since: number | null }
  /** The config at which the pass before had to stop. */
  readonly startAfter: ConfigId | null
  readonly stopAt: number
}

interface Listed {
  readonly source: ConfigSource
  readonly manifest: Manifest
  readonly id: ConfigId
}

/**
 * Reads the configs of every source once, and what they follow once, and pokes what is new or gone. A source that
 * does not answer is named in the log, and everything of it stays as it is.
 * @returns the config at which the time was over (`''` before the first); `null` where all were judged
 */
export async function findChanges(
  dependencies: ChangeDependencies,
  state: PassState,
): Promise<ConfigId | null> {
  const { sender, clock } = dependencies
  const { heads, intents, pass, startAfter, stopAt } = state
  const listed = await Promise.all(
    dependencies.configSources.map((source) => listQuietly(dependencies, source, state)),
  )
  const configs = listed.flat().sort((one, other) => (one.id < other.id ? -1 : 1))
  let last = startAfter ?? ''
  for (const { source, manifest, id } of rotate(configs, last)) {
    if (clock.now() >= stopAt) return last
    const candidate = { source, manifest, id, head: heads.get(id), intent: intents.get(id), pass }
    const verdict = await judgeManifest(dependencies, candidate)
    if (verdict === 'config') await sender.poke('config', id)
    else if (verdict) await sender.poke('repository', verdict.repository)
    last = id
  }
  return null
}

/** The configs in the order of ids, those after `start` first: where a pass stops, the next one begins. */
function rotate(configs: readonly Listed[], start: ConfigId): readonly Listed[] {
  const first = configs.findIndex(({ id }) => id > start)
  return first <= 0 ? configs : [...configs.slice(first), ...configs.slice(0, first)]
}

async function listQuietly(
  dependencies: ChangeDependencies,
  source: ConfigSource,
  { heads }: PassState,
): Promise<readonly Listed[]> {
  const { telemetry, sender } = dependencies
  try {
    const listing = await source.listConfigs()
    for (const { file } of listing.problems) {
      telemetry.log('warn', 'manifest not readable', { step: file, code: 'ManifestUnreadable' })
    }
    const listed = listing.manifests.map((manifest) => ({
      id: formatConfigId({ source: source.name, ...manifest.metadata }),
      manifest,
    }))
    for (const id of listGone(source, heads, { ...listing, ids: listed.map(({ id: present }) => present) })) {
      await sender.poke('config', id)
    }
    const known = listed.filter(({ id }) => heads.get(id)?.attempted)
    const onePass = await rememberSources(
      source,
      known.map(({ manifest }) => manifest),
    )
    return listed.map((entry) => ({ ...entry, source: onePass }))
  } catch (thrown) {
    const { code } = toSyncError(thrown)
    telemetry.log('error', 'config source not readable', { step: source.name, code })
    return []
  }
}

/** The configs that the state knows and the source has no more; none unless every manifest could be read. */
function listGone(
  { name }: ConfigSource,
  heads: PassState['heads'],
  { problems, ids }: Pick<ManifestListing, 'problems'> & { readonly ids: readonly ConfigId[] },
): readonly ConfigId[] {
  if (problems.length > 0) return []
  const present = new Set(ids)
  return [...heads.values()]
    .filter(({ watching, nextDueAt }) => watching !== undefined || nextDueAt !== undefined)
    .map(({ id }) => id)
    .filter((id) => id.startsWith(`${name}/`) && !present.has(id))
}

/** `source` for the length of one pass: every kind that configs follow is listed once for all of them. */
async function rememberSources(source: ConfigSource, configs: readonly Manifest[]): Promise<ConfigSource> {
  const objects = new Map<string, Manifest>()
  for (const kind of new Set(configs.map(readSourceKind))) {
    for (const manifest of await source.listSources(kind))
      objects.set(formatKey(kind, manifest.metadata), manifest)
  }
  const kustomizations = new Map<string, Promise<Manifest | null>>()
  const projects = new Map<string, Promise<Manifest | null>>()
  return {
    ...source,
    readSource: async (ref) => objects.get(formatKey(ref.kind, ref)) ?? null,
    readKustomization: async (ref) => {
      const key = formatKey('Kustomization', ref)
      const reading = kustomizations.get(key) ?? source.readKustomization(ref)
      kustomizations.set(key, reading)
      return await reading
    },
    readProject: async (name) => {
      const reading = projects.get(name) ?? source.readProject(name)
      projects.set(name, reading)
      return await reading
    },
  }
}

function formatKey(kind: string, { namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`
}

/** The kind that a spec names, judged no further. */
function readSourceKind({ spec }: Manifest): ObjectRef['kind'] {
  const { sourceRef } = { ...(spec as { sourceRef?: { kind?: unknown } } | null) }
  return sourceRef?.kind === 'Application' ? 'Application' : 'GitRepository'
}

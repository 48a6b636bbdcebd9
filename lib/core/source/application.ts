import * as z from 'zod/mini'
import type { Manifest } from '../config/manifest.ts'
import { normalizeRepositoryPath } from '../files/repository-path.ts'
import { assertApplicationReady, readComparison } from './application-status.ts'
import { directoryBlock, kustomizeBlock, parseArgoOverlay } from './argo-overlay.ts'
import { readSpec } from './read-spec.ts'
import type { LiveCluster, Source } from './source.ts'
import { sourceInvalid, sourceUnsupported } from './source-errors.ts'
import { parseTargetRevision } from './target-revision.ts'
import { parseRepositoryUrl } from './url.ts'

const optionalText = z._default(z.string(), '')

const applicationSource = z.object({
  repoURL: z.string(),
  path: optionalText,
  targetRevision: optionalText,
  chart: optionalText,
  ref: optionalText,
  tagPrefix: optionalText,
  helm: z.optional(z.unknown()),
  plugin: z.optional(z.unknown()),
  kustomize: z.optional(kustomizeBlock),
  directory: z.optional(directoryBlock),
})

type ApplicationSource = z.infer<typeof applicationSource>

const schema = z.object({
  source: z.optional(applicationSource),
  sources: z._default(z.array(applicationSource), []),
  sourceHydrator: z.optional(z.object({ drySource: applicationSource })),
  project: optionalText,
})

/**
 * An Argo CD Application: its source, or of several the only one with files of its own, and what it makes of the
 * directory there. Of a hydrator the dry source counts: the rendered branch must not hold secrets. In a cluster it has to be compared
 * with Git as it is now.
 * @throws {SyncError} SourceInvalid, SourceUnsupported, SourceNotReady
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function parseApplication(manifest: Manifest, cluster: LiveCluster | null = null): Source {
  const spec = readSpec(manifest, schema)
  const { source, path, index } = chooseSource(spec)
  assertSupported(source, path)
  const directory = normalizeRepositoryPath(source.path)
  if (source.path === '') throw sourceInvalid(`${path}.path`, 'is missing')
  if (directory === null) throw sourceInvalid(`${path}.path`, 'leaves the repository')
  const { namespace, name, annotations } = manifest.metadata
  const suspended = annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true'
  if (cluster && !suspended) assertApplicationReady(manifest, { source, index })
  const project = spec.project || 'default'
  return {
    origin: { kind: 'Application', namespace, name },
    url: parseRepositoryUrl(source.repoURL, `${path}.repoURL`),
    ref: parseTargetRevision(source.targetRevision, source.tagPrefix),
    suspended,
    path: directory,
    overlay: { ...parseArgoOverlay(source, path), overrideFiles: listOverrideFiles(manifest) },
    project,
    ...(cluster && {
      credentials: { cluster: cluster.name, namespace: cluster.argocdNamespace, name: '', project },
    }),
  }
}

/** An Application in a namespace other than that of Argo CD has that namespace before its name. */
function listOverrideFiles({ metadata: { namespace, name } }: Manifest): string[] {
  return ['', `-${name}`, `-${namespace}_${name}`].map((suffix) => `.argocd-source${suffix}.yaml`)
}

/**
 * What Argo CD has compared last of the source that is followed; `null` where there is nothing.
 * @throws {SyncError} SourceInvalid, SourceUnsupported
 */
export function readApplicationComparison(manifest: Manifest): ReturnType<typeof readComparison> {
  return readComparison(manifest, chooseSource(readSpec(manifest, schema)).index)
}

interface ChosenSource {
  readonly source: ApplicationSource
  /** Where it stands in the manifest. */
  readonly path: string
  /** Among `spec.sources`; `null` where there is only one, `'dry'` where it is that of a hydrator. */
  readonly index: number | 'dry' | null
}

function chooseSource(spec: z.infer<typeof schema>): ChosenSource {
  if (spec.sourceHydrator) {
    return { source: spec.sourceHydrator.drySource, path: 'spec.sourceHydrator.drySource', index: 'dry' }
  }
  if (spec.sources.length === 0) {
    if (!spec.source) throw sourceInvalid('spec.source', 'is missing')
    return { source: spec.source, path: 'spec.source', index: null }
  }
  const withFiles = spec.sources
    .map((source, index) => ({ source, path: `spec.sources[${index}]`, index }))
    .filter(({ source }) => source.ref === '' || source.path !== '' || source.chart !== '')
  const [first, second] = withFiles
  if (!first) throw sourceUnsupported('spec.sources', 'holds only sources that others refer to')
  if (second) throw sourceUnsupported('spec.sources', 'holds more than one source with files')
  return first
}

function assertSupported(source: ApplicationSource, path: string): void {
  if (source.repoURL.startsWith('oci://')) throw sourceUnsupported(`${path}.repoURL`, 'is an OCI registry')
  if (source.chart !== '') throw sourceUnsupported(`${path}.chart`, 'is set')
  if (source.helm !== undefined) throw sourceUnsupported(`${path}.helm`, 'is set')
  if (source.plugin !== undefined) throw sourceUnsupported(`${path}.plugin`, 'is set')
}

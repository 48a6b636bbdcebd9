import * as z from 'zod/mini'
import type { Manifest } from '../config/manifest.ts'
import { normalizeRepositoryPath } from '../files/repository-path.ts'
import { readSpec } from './read-spec.ts'
import type { Source } from './source.ts'
import { sourceInvalid, sourceUnsupported } from './source-errors.ts'
import { parseTargetRevision } from './target-revision.ts'
import { parseRepositoryUrl } from './url.ts'

const optionalText = z._default(z.string(), '')
const optionalList = z._default(z.array(z.unknown()), [])

const applicationSource = z.object({
  repoURL: z.string(),
  path: optionalText,
  targetRevision: optionalText,
  chart: optionalText,
  ref: optionalText,
  tagPrefix: optionalText,
  helm: z.optional(z.unknown()),
  plugin: z.optional(z.unknown()),
  kustomize: z.optional(z.object({ patches: optionalList, components: optionalList })),
  directory: z.optional(z.object({ jsonnet: z._default(z.looseObject({}), {}) })),
})

type ApplicationSource = z.infer<typeof applicationSource>

const schema = z.object({
  source: z.optional(applicationSource),
  sources: z._default(z.array(applicationSource), []),
  sourceHydrator: z.optional(z.unknown()),
})

/**
 * An Argo CD Application: its source, or of several the only one with files of its own. Parameters that change what
 * a Secret holds (patches, components) are refused; those that only name or label objects do not bear on secrets.
 * @throws {SyncError} SourceInvalid, SourceUnsupported
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function parseApplication(manifest: Manifest): Source {
  const { source, path } = chooseSource(readSpec(manifest, schema))
  assertSupported(source, path)
  const directory = normalizeRepositoryPath(source.path)
  if (source.path === '') throw sourceInvalid(`${path}.path`, 'is missing')
  if (directory === null) throw sourceInvalid(`${path}.path`, 'leaves the repository')
  const { namespace, name, annotations } = manifest.metadata
  return {
    origin: { kind: 'Application', namespace, name },
    url: parseRepositoryUrl(source.repoURL, `${path}.repoURL`),
    ref: parseTargetRevision(source.targetRevision),
    suspended: annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true',
    path: directory,
  }
}

interface ChosenSource {
  readonly source: ApplicationSource
  /** Where it stands in the manifest. */
  readonly path: string
}

function chooseSource(spec: z.infer<typeof schema>): ChosenSource {
  if (spec.sourceHydrator !== undefined) throw sourceUnsupported('spec.sourceHydrator', 'is set')
  if (spec.sources.length === 0) {
    if (!spec.source) throw sourceInvalid('spec.source', 'is missing')
    return { source: spec.source, path: 'spec.source' }
  }
  const withFiles = spec.sources
    .map((source, index) => ({ source, path: `spec.sources[${index}]` }))
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
  if (source.tagPrefix !== '') throw sourceUnsupported(`${path}.tagPrefix`, 'is set')
  if (Object.keys(source.directory?.jsonnet ?? {}).length > 0) {
    throw sourceUnsupported(`${path}.directory.jsonnet`, 'is set')
  }
  if ((source.kustomize?.patches.length ?? 0) > 0)
    throw sourceUnsupported(`${path}.kustomize.patches`, 'is set')
  if ((source.kustomize?.components.length ?? 0) > 0) {
    throw sourceUnsupported(`${path}.kustomize.components`, 'is set')
  }
}

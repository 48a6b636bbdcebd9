import * as z from 'zod/mini'
import type { Manifest } from '../../config/manifest.ts'
import { normalizeRepositoryPath } from '../../files/repository-path.ts'
import { readSpec } from '../read-spec.ts'
import { formatRef } from '../resolve-ref.ts'
import type { LiveCluster, Ref, Source, SourceChoice } from '../source.ts'
import { sourceInvalid, sourceUnsupported } from '../source-errors.ts'
import { parseRepositoryUrl } from '../url.ts'
import { readDeployed } from './application-deployment.ts'
import { assertApplicationReady, readComparison } from './application-status.ts'
import { directoryBlock, kustomizeBlock, parseArgoOverlay } from './argo-overlay.ts'
import { type ChosenSource, chooseSources } from './choose-source.ts'
import { parseTargetRevision } from './target-revision.ts'

const optionalText = z._default(z.string(), '')

const applicationSource = z.object({
  repoURL: z.string(),
  path: optionalText,
  targetRevision: optionalText,
  chart: optionalText,
  ref: optionalText,
  name: optionalText,
  tagPrefix: optionalText,
  helm: z.optional(z.unknown()),
  plugin: z.optional(z.unknown()),
  kustomize: z.optional(kustomizeBlock),
  directory: z.optional(directoryBlock),
})

/** One source of an Application, as far as it is looked at. */
export type ApplicationSource = z.infer<typeof applicationSource>

const schema = z.object({
  source: z.optional(applicationSource),
  sources: z._default(z.array(applicationSource), []),
  sourceHydrator: z.optional(z.object({ drySource: applicationSource })),
  project: optionalText,
})

/**
 * An Argo CD Application: its source, or of several those that are chosen, and what it makes of the directories there. Of
 * a hydrator the dry source counts: the rendered branch must not hold secrets. In a cluster it has to be compared with Git
 * as it is now, or to be deployed where that is asked for.
 * @throws {SyncError} SourceInvalid, SourceUnsupported, SourceNotReady
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function parseApplication(
  manifest: Manifest,
  cluster: LiveCluster | null = null,
  choice: SourceChoice = {},
): Source {
  const spec = readSpec(manifest, schema)
  const { namespace, name, annotations } = manifest.metadata
  const suspended = annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true'
  const project = spec.project || 'default'
  const [first, ...more] = chooseSources(spec, choice)
  const read = (chosen: ChosenSource): Followed => {
    const found = readFollowed(manifest, chosen)
    return suspended
      ? found
      : { ...found, ...readState(manifest, chosen, { ref: found.ref, cluster, choice }) }
  }
  const { url, ref, path, overlay, pinned } = read(first)
  const others = more.map((chosen) => {
    const other = read(chosen)
    assertSameRevision(chosen.path, other, { url, ref, pinned })
    return { path: other.path, overlay: other.overlay }
  })
  return {
    origin: { kind: 'Application', namespace, name },
    url,
    ref,
    suspended,
    ...(pinned && { pinned }),
    path,
    overlay,
    ...(others.length > 0 && { others }),
    project,
    ...(cluster && {
      credentials: { cluster: cluster.name, namespace: cluster.argocdNamespace, name: '', project },
    }),
  }
}

type Followed = Required<Pick<Source, 'url' | 'ref' | 'path' | 'overlay'>> & Pick<Source, 'pinned'>

function readFollowed(manifest: Manifest, { source, path }: ChosenSource): Followed {
  assertSupported(source, path)
  const directory = normalizeRepositoryPath(source.path)
  if (source.path === '') throw sourceInvalid(`${path}.path`, 'is missing')
  if (directory === null) throw sourceInvalid(`${path}.path`, 'leaves the repository')
  return {
    url: parseRepositoryUrl(source.repoURL, `${path}.repoURL`),
    ref: parseTargetRevision(source.targetRevision, source.tagPrefix),
    path: directory,
    overlay: { ...parseArgoOverlay(source, path), overrideFiles: listOverrideFiles(manifest) },
  }
}

interface Asked {
  readonly ref: Ref
  readonly cluster: LiveCluster | null
  readonly choice: SourceChoice
}

function readState(
  manifest: Manifest,
  followed: ChosenSource,
  { ref, cluster, choice }: Asked,
): Pick<Source, 'pinned'> {
  if (choice.revision === 'deployed') {
    if (!cluster) throw sourceUnsupported('status', 'says what is deployed in a cluster alone')
    return { pinned: readDeployed(manifest, followed, ref) }
  }
  if (cluster) assertApplicationReady(manifest, followed)
  return {}
}

/** A config is at one revision of one repository. */
function assertSameRevision(
  path: string,
  { url, ref, pinned }: Pick<Followed, 'url' | 'ref' | 'pinned'>,
  first: { readonly url: string; readonly ref: Ref; readonly pinned: Source['pinned'] },
): void {
  if (url !== first.url) throw sourceUnsupported(`${path}.repoURL`, 'is not that of the first source')
  if (formatRef(ref) !== formatRef(first.ref) || pinned?.commit !== first.pinned?.commit) {
    throw sourceUnsupported(`${path}.targetRevision`, 'is not that of the first source')
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
export function readApplicationComparison(
  manifest: Manifest,
  choice: SourceChoice,
): ReturnType<typeof readComparison> {
  return readComparison(manifest, chooseSources(readSpec(manifest, schema), choice)[0].index)
}

function assertSupported(source: ApplicationSource, path: string): void {
  if (source.repoURL.startsWith('oci://')) throw sourceUnsupported(`${path}.repoURL`, 'is an OCI registry')
  if (source.chart !== '') throw sourceUnsupported(`${path}.chart`, 'is set')
  if (source.helm !== undefined) throw sourceUnsupported(`${path}.helm`, 'is set')
  if (source.plugin !== undefined) throw sourceUnsupported(`${path}.plugin`, 'is set')
}

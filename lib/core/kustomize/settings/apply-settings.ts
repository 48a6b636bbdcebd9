import { SyncError } from '../../errors.ts'
import { assertLocalReference } from '../files/references.ts'
import type { Label } from '../kustomization/fields.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import type { ArgoSettings, FluxSettings } from './overlay-settings.ts'

/** Whether something stands at a path relative to the kustomization; it counts as looked for. */
export type FindComponent = (path: string) => boolean

/**
 * The kustomization that Flux or Argo CD builds in the place of the one in Git: both write their settings into it
 * rather than put a layer on top.
 * @throws {SyncError} KustomizeConflict; what a component that is no local path throws
 */
export function applySettings(
  kustomization: Kustomization,
  settings: FluxSettings | ArgoSettings,
  findComponent: FindComponent,
): Kustomization {
  const changed =
    settings.by === 'flux' ? applyFlux(kustomization, settings) : applyArgo(kustomization, settings)
  return { ...changed, components: listComponents(kustomization, settings, findComponent) }
}

/** @see https://github.com/fluxcd/pkg/blob/kustomize/v1.44.0/kustomize/kustomize_generator.go (GenerateManifest) */
function applyFlux(kustomization: Kustomization, settings: FluxSettings): Kustomization {
  const { targetNamespace, namePrefix, nameSuffix, patches } = settings
  const { resources = [], patches: own = [] } = kustomization
  return {
    ...kustomization,
    ...(resources.length === 0 && { buildMetadata: ['originAnnotations'] }),
    ...(targetNamespace !== undefined && { namespace: targetNamespace }),
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
    patches: [...own, ...patches],
  }
}

/** @see https://github.com/argoproj/argo-cd/blob/v3.1.0/util/kustomize/kustomize.go (Build) */
function applyArgo(kustomization: Kustomization, settings: ArgoSettings): Kustomization {
  const { namePrefix, nameSuffix, namespace, patches } = settings
  const { file, commonAnnotations, patches: own = [] } = kustomization
  const annotations = addTexts(commonAnnotations, {
    texts: settings.commonAnnotations,
    isForced: settings.forceCommonAnnotations,
    place: { file, field: 'commonAnnotations' },
  })
  return {
    ...kustomization,
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
    ...(namespace !== undefined && { namespace }),
    ...addLabels(kustomization, settings),
    ...(annotations.size > 0 && { commonAnnotations: annotations }),
    patches: [...own, ...patches],
  }
}

/** As `kustomize edit add label` does; labels without selectors join an entry of the same kind. */
function addLabels(
  { file, commonLabels, labels = [] }: Kustomization,
  settings: ArgoSettings,
): Pick<Kustomization, 'commonLabels' | 'labels'> {
  const { labelWithoutSelector, labelIncludeTemplates, forceCommonLabels: isForced } = settings
  const texts = settings.commonLabels
  if (Object.keys(texts).length === 0) return {}
  if (labelIncludeTemplates && !labelWithoutSelector) {
    throw createInvalid(file, 'labelIncludeTemplates without labelWithoutSelector')
  }
  if (!labelWithoutSelector) {
    const place = { file, field: 'commonLabels' }
    return { commonLabels: addTexts(commonLabels, { texts, isForced, place }) }
  }
  const at = labels.findIndex(
    ({ includeSelectors = false, includeTemplates = false }) =>
      !includeSelectors && includeTemplates === labelIncludeTemplates,
  )
  const former: Label = labels[at] ?? (labelIncludeTemplates ? { includeTemplates: true } : {})
  const pairs = addTexts(former.pairs, { texts, isForced, place: { file, field: 'labels' } })
  const entry: Label = { ...former, pairs }
  return { labels: at < 0 ? [...labels, entry] : labels.with(at, entry) }
}

interface AddedTexts {
  readonly texts: Readonly<Record<string, string>>
  /** Whether a text that is there already is written over. */
  readonly isForced: boolean
  readonly place: { readonly file: string; readonly field: string }
}

function addTexts(
  former: ReadonlyMap<string, string> = new Map(),
  { texts, isForced, place }: AddedTexts,
): ReadonlyMap<string, string> {
  const taken = Object.keys(texts).find((name) => former.has(name))
  if (taken !== undefined && !isForced) {
    throw new SyncError('KustomizeConflict', { data: { ...place, id: taken } })
  }
  return new Map([...former, ...Object.entries(texts)])
}

function listComponents(
  { file, components = [] }: Kustomization,
  settings: FluxSettings | ArgoSettings,
  findComponent: FindComponent,
): readonly string[] {
  const added = settings.components.filter((path, at) => {
    assertLocalReference(path, { file, field: `components[${components.length + at}]` })
    // `kustomize edit` adds none twice.
    if (settings.by === 'argo' && components.includes(path)) return false
    return !settings.ignoreMissingComponents || findComponent(path)
  })
  return [...components, ...added]
}

function createInvalid(file: string, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file, field: 'commonLabels', reason } })
}

import { baseNameOf } from '../files/references.ts'
import type { GeneratorPlace } from '../generate/pairs.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { applyByIdStrictly } from '../patch/apply-merge-patch.ts'
import { applyOperationsTo, applyPatch } from '../patch/apply-patch.ts'
import { loadMergePatches, loadPatch } from '../patch/load-patch.ts'
import { applyReplacements } from '../replace/apply-replacements.ts'
import { loadReplacements } from '../replace/load-replacements.ts'
import { joinOrigin } from '../resource/origin.ts'
import type { ResourceSet } from '../resource/resource-set.ts'
import {
  annotationFieldSpecs,
  assertPublicAnnotations,
  labelFieldSpecs,
  listLabelFieldSpecs,
  setTexts,
} from '../transform/metadata-maps.ts'
import { changeNames, nameFieldSpecs } from '../transform/names.ts'
import { changeNamespace, namespaceFieldSpecs } from '../transform/namespace.ts'
import { markOpaque } from '../transform/opaque.ts'
import type { BuildContext, LayerPlace } from './context.ts'
import type { Transformer } from './transformer.ts'

/** One kustomization and where it stands. */
export interface Layer {
  readonly place: LayerPlace
  readonly kustomization: Kustomization
}

type Step = (set: ResourceSet) => void

/**
 * The transformers of a kustomization in kustomize's order, whatever order its fields have; files are loaded.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/target/kusttarget_configplugin.go
 * @throws {SyncError} KustomizationInvalid; what the loader throws
 */
export function configureTransformers(context: BuildContext, layer: Layer): readonly Transformer[] {
  const { place, kustomization } = layer
  return [
    ...listPatches(context, layer),
    ...listNameChanges(kustomization),
    ...listMetadataChanges(kustomization),
    ...listTargetedPatches(context, layer),
    ...listContentChanges(context, layer),
  ].map(([kind, transform]) => {
    if (place.origin === undefined) return { transform }
    const configuredIn = joinOrigin(place.origin, baseNameOf(kustomization.file))
    return { transform, origin: { configuredIn, apiVersion: 'builtin', kind } }
  })
}

type Named = readonly [kind: string, transform: Step]

function placeOf({ place, kustomization }: Layer, field: string): GeneratorPlace {
  const { file, encrypted } = kustomization
  return { root: place.root, file, field, encrypted }
}

function listPatches({ loader }: BuildContext, layer: Layer): readonly Named[] {
  const { patchesStrategicMerge = [], patches = [] } = layer.kustomization
  const merges = loadMergePatches(patchesStrategicMerge, loader, placeOf(layer, 'patchesStrategicMerge'))
  const strict: Step = (set) => applyByIdStrictly(set, merges)
  return [
    ...(patchesStrategicMerge.length > 0 ? [['PatchStrategicMergeTransformer', strict] as const] : []),
    ...patches.map((patch, at): Named => {
      const loaded = loadPatch(patch, loader, placeOf(layer, `patches[${at}]`))
      return ['PatchTransformer', (set) => loaded && applyPatch(set, loaded, patch)]
    }),
  ]
}

function listTargetedPatches({ loader }: BuildContext, layer: Layer): readonly Named[] {
  return (layer.kustomization.patchesJson6902 ?? []).map((patch, at): Named => {
    const loaded = loadPatch(patch, loader, placeOf(layer, `patchesJson6902[${at}]`))
    return ['PatchJson6902Transformer', (set) => loaded && applyOperationsTo(set, loaded, patch.target)]
  })
}

function listNameChanges(kustomization: Kustomization): readonly Named[] {
  const { namespace = '', namePrefix = '', nameSuffix = '' } = kustomization
  const move = { namespace, unsetOnly: false, fieldSpecs: namespaceFieldSpecs }
  const fieldSpecs = nameFieldSpecs
  const named: readonly (readonly [string, ...Named])[] = [
    [namespace, 'NamespaceTransformer', (set) => changeNamespace(set, move)],
    [
      namePrefix,
      'PrefixTransformer',
      (set) => changeNames(set, { side: 'prefix', text: namePrefix, fieldSpecs }),
    ],
    [
      nameSuffix,
      'SuffixTransformer',
      (set) => changeNames(set, { side: 'suffix', text: nameSuffix, fieldSpecs }),
    ],
  ]
  return named.filter(([text]) => text !== '').map(([, kind, transform]) => [kind, transform])
}

function listMetadataChanges(kustomization: Kustomization): readonly Named[] {
  const { file, labels = [], commonLabels = new Map(), commonAnnotations = new Map() } = kustomization
  assertPublicAnnotations(commonAnnotations, { file, field: 'commonAnnotations' })
  const listed = labels.map((label, at): Named => {
    const fieldSpecs = listLabelFieldSpecs(label, { file, field: `labels[${at}].fields` })
    const reachesTemplates = label.includeSelectors === true || label.includeTemplates === true
    const pairs = label.pairs ?? new Map()
    // The fields may name the annotations.
    assertPublicAnnotations(pairs, { file, field: `labels[${at}].pairs` })
    return ['LabelTransformer', setAndMark(pairs, fieldSpecs, reachesTemplates)]
  })
  const hasLabels = labels.length > 0 || commonLabels.size > 0
  const common = setAndMark(commonLabels, labelFieldSpecs, commonLabels.size > 0)
  const annotations = setAndMark(commonAnnotations, annotationFieldSpecs, true)
  return [
    ...listed,
    ...(hasLabels ? [['LabelTransformer', common] as const] : []),
    ...(commonAnnotations.size > 0 ? [['AnnotationsTransformer', annotations] as const] : []),
  ]
}

function setAndMark(
  texts: ReadonlyMap<string, string>,
  fieldSpecs: Parameters<typeof setTexts>[1]['fieldSpecs'],
  reachesTemplates: boolean,
): Step {
  return (set) => {
    setTexts(set, { texts, fieldSpecs })
    if (reachesTemplates) markOpaque(set)
  }
}

function listContentChanges({ loader }: BuildContext, layer: Layer): readonly Named[] {
  const { images = [], replicas = [], replacements = [] } = layer.kustomization
  const loaded = loadReplacements(replacements, loader, placeOf(layer, 'replacements'))
  return [
    ...replicas.map((): Named => ['ReplicaCountTransformer', markOpaque]),
    ...images.map((): Named => ['ImageTagTransformer', markOpaque]),
    ...(replacements.length > 0
      ? [['ReplacementTransformer', (set: ResourceSet) => applyReplacements(set, loaded)] as const]
      : []),
  ]
}

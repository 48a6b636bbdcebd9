import { SyncError } from '../../errors.ts'
import type { FieldSpec, Label } from '../kustomization/fields.ts'
import { isInternalAnnotation } from '../resource/resource.ts'
import { type ResourceSet, spendOnEach } from '../resource/resource-set.ts'
import { compareUtf8 } from '../yaml/json.ts'
import { nodeBytes } from '../yaml/node.ts'
import { editField, setTextsIn } from './field-spec.ts'

/** Texts to set at the same places of every resource. */
export interface MapChange {
  readonly texts: ReadonlyMap<string, string>
  readonly fieldSpecs: readonly FieldSpec[]
  /** Whether the texts came from an encrypted file. */
  readonly tainted?: boolean
}

/**
 * Where `commonAnnotations` acts on a Secret or ConfigMap. What it adds to pod templates is left out: other kinds are
 * opaque beyond their metadata.
 */
export const annotationFieldSpecs: readonly FieldSpec[] = [{ path: 'metadata/annotations', create: true }]

const labelFieldSpec: FieldSpec = { path: 'metadata/labels', create: true }

/** Where `commonLabels` acts; selectors and templates of other kinds are left out. */
export const labelFieldSpecs: readonly FieldSpec[] = [labelFieldSpec]

/**
 * Sets labels or annotations.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/labels/labels.go
 * @throws {SyncError} KustomizationInvalid
 */
export function setTexts(set: ResourceSet, { texts, fieldSpecs, tainted = false }: MapChange): void {
  const addedBytes = [...texts].reduce((sum, [name, text]) => sum + name.length + text.length + nodeBytes, 0)
  spendOnEach(set, addedBytes * fieldSpecs.length)
  if (texts.size === 0) return
  const sorted = [...texts].sort(([left], [right]) => compareUtf8(left, right))
  for (const resource of set.resources) {
    const edit = setTextsIn(sorted, tainted)
    for (const spec of fieldSpecs) editField(resource, spec, edit)
  }
}

/**
 * The places that an entry of `labels` acts on.
 * @throws {SyncError} KustomizationInvalid where a place contradicts a default one
 */
export function listLabelFieldSpecs(
  label: Label,
  place: { file: string; field: string },
): readonly FieldSpec[] {
  const specs = label.fields ?? []
  // As in kustomize, any entry with this path counts, whatever kind it is for.
  const covering = specs.find(({ path }) => path === labelFieldSpec.path)
  if (covering === undefined) return [...specs, labelFieldSpec]
  if (covering.create !== true) {
    throw new SyncError('KustomizationInvalid', { data: { ...place, reason: 'conflicting fields' } })
  }
  return specs
}

/** @throws {SyncError} KustomizationInvalid for annotations that steer kustomize itself */
export function assertPublicAnnotations(
  texts: ReadonlyMap<string, string>,
  place: { file: string; field: string },
): void {
  const name = [...texts.keys()].find(isInternalAnnotation)
  if (name !== undefined) {
    throw new SyncError('KustomizationInvalid', {
      data: { ...place, name, reason: 'annotation of kustomize itself' },
    })
  }
}

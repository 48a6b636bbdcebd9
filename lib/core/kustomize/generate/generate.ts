import { SyncError } from '../../errors.ts'
import { decodeUtf8 } from '../../utf8.ts'
import type { Loader } from '../files/loader.ts'
import type { GeneratorArguments, GeneratorOptions } from '../kustomization/fields.ts'
import { getMetadataMap, setAnnotation, setLabel, setMetadataMap } from '../resource/metadata.ts'
import { buildAnnotations, type Resource } from '../resource/resource.ts'
import { ensureMapping, type FieldValue, setField, setFields } from '../yaml/fields.ts'
import { compareUtf8 } from '../yaml/json.ts'
import { createMapping, createScalar, type Mapping, tags } from '../yaml/node.ts'
import type { Pair } from './env-lines.ts'
import { collectPairs, type GeneratorPlace } from './pairs.ts'
import { createValue, encodeWrappedBase64 } from './values.ts'

export interface GeneratorInput {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly args: GeneratorArguments
  readonly place: GeneratorPlace
}

/**
 * The Secret or ConfigMap of one generator.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/generators
 * @throws {SyncError} KustomizationInvalid; what the loader throws
 */
export function generateResource(input: GeneratorInput, loader: Loader): Resource {
  const { kind, args, place } = input
  const { name = '', namespace = '', options = {} } = args
  if (name === '') {
    throw new SyncError('KustomizationInvalid', {
      data: { file: place.file, field: `${place.field}.name`, reason: 'name is missing' },
    })
  }
  const root = createBase(kind, { name, namespace })
  const pairs = collectPairs(args, loader, place)
  if (kind === 'Secret') {
    setField(root, { name: 'type', value: createValue(args.type || 'Opaque', false) })
    setSecretData(root, pairs)
  } else {
    setConfigMapData(root, pairs)
  }
  applyOptions(root, options)
  markGenerated(root, { behavior: args.behavior ?? '', needsHash: options.disableNameSuffixHash !== true })
  return { root, file: place.file, opaque: false }
}

function createBase(kind: string, id: { name: string; namespace: string }): Mapping {
  const root = createMapping()
  setField(root, { name: 'apiVersion', value: createValue('v1', false) })
  setField(root, { name: 'kind', value: createValue(kind, false) })
  const metadata = ensureMapping(root, 'metadata')
  setField(metadata, { name: 'name', value: createValue(id.name, false) })
  if (id.namespace !== '') setField(metadata, { name: 'namespace', value: createValue(id.namespace, false) })
  return root
}

function sortPairs(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.toSorted((left, right) => compareUtf8(left.key, right.key))
}

function setSecretData(root: Mapping, pairs: readonly Pair[]): void {
  const fields = sortPairs(pairs).map(({ key, value, tainted }) => ({
    name: key,
    value: createValue(encodeWrappedBase64(value), tainted),
  }))
  setFields(ensureMapping(root, 'data'), fields)
}

function setConfigMapData(root: Mapping, pairs: readonly Pair[]): void {
  const texts: FieldValue[] = []
  const binaries: FieldValue[] = []
  for (const { key, value, tainted } of sortPairs(pairs)) {
    const text = decodeUtf8(value)
    if (text === null) binaries.push({ name: key, value: createValue(encodeWrappedBase64(value), tainted) })
    else texts.push({ name: key, value: createValue(text, tainted) })
  }
  if (texts.length > 0) setFields(ensureMapping(root, 'data'), texts)
  if (binaries.length > 0) setFields(ensureMapping(root, 'binaryData'), binaries)
}

function applyOptions(root: Mapping, options: GeneratorOptions): void {
  for (const [name, text] of sortTexts(options.labels)) setLabel(root, name, text)
  for (const [name, text] of sortTexts(options.annotations)) setAnnotation(root, name, text)
  if (options.immutable === true) {
    setField(root, { name: 'immutable', value: createScalar('true', { tag: tags.bool }) })
  }
}

function sortTexts(map: ReadonlyMap<string, string> = new Map()): readonly [string, string][] {
  return [...map].sort(([left], [right]) => compareUtf8(left, right))
}

/** Marks an object as generated, in the annotations where kustomize keeps it. */
export function markGenerated(root: Mapping, mark: { behavior: string; needsHash: boolean }): void {
  const annotations = new Map(getMetadataMap(root, 'annotations'))
  if (mark.needsHash) annotations.set(buildAnnotations.needsHash, { text: 'enabled', tainted: false })
  const behavior = ['create', 'merge', 'replace'].includes(mark.behavior) ? mark.behavior : 'unspecified'
  annotations.set(buildAnnotations.behavior, { text: behavior, tainted: false })
  setMetadataMap(root, 'annotations', annotations)
}

/**
 * The options of a generator over those of its file: its own labels and annotations win, a flag counts from either.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/types/generatoroptions.go
 */
export function mergeOptions(own: GeneratorOptions = {}, shared: GeneratorOptions = {}): GeneratorOptions {
  return {
    labels: new Map([...(shared.labels ?? []), ...(own.labels ?? [])]),
    annotations: new Map([...(shared.annotations ?? []), ...(own.annotations ?? [])]),
    disableNameSuffixHash: own.disableNameSuffixHash === true || shared.disableNameSuffixHash === true,
    immutable: own.immutable === true || shared.immutable === true,
  }
}

import { anything, type Decoded, flag, integer, list, struct, text, textMap, texts } from './decoder.ts'

export const gvk = { group: text, version: text, kind: text }

export const selector = struct({
  ...gvk,
  name: text,
  namespace: text,
  labelSelector: text,
  annotationSelector: text,
})

export const fieldSpec = struct({ ...gvk, path: text, create: flag })

export const patchOptions = struct({ allowNameChange: flag, allowKindChange: flag })

export const patch = struct({ path: text, patch: text, target: selector, options: patchOptions })

export const generatorOptions = struct({
  labels: textMap,
  annotations: textMap,
  disableNameSuffixHash: flag,
  immutable: flag,
})

/** The fields of a generator, as a kustomization and a plugin file both have them. */
export const generatorFields = {
  name: text,
  namespace: text,
  behavior: text,
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: generatorOptions,
  type: text,
}

const { type: _secretOnly, ...configMapFields } = generatorFields
const secretArguments = struct(generatorFields)
const configMapArguments = struct(configMapFields)

const fieldOptions = struct({ delimiter: text, index: integer, encoding: text, create: flag })

const replacementSource = struct({
  ...gvk,
  name: text,
  namespace: text,
  fieldPath: text,
  options: fieldOptions,
})

const replacementTarget = struct({
  select: selector,
  reject: list(selector),
  fieldPaths: texts,
  options: fieldOptions,
})

export const replacementFields = {
  source: replacementSource,
  sourceValue: text,
  targets: list(replacementTarget),
}

export const replacement = struct(replacementFields)
export const replacementEntry = struct({ ...replacementFields, path: text })

const label = struct({
  pairs: textMap,
  includeSelectors: flag,
  includeTemplates: flag,
  includeVolumeClaimTemplates: flag,
  fields: list(fieldSpec),
})

const image = struct({ name: text, newName: text, tagSuffix: text, newTag: text, digest: text })

const variable = struct({
  name: text,
  objref: struct({ ...gvk, apiVersion: text, name: text, namespace: text }),
  fieldref: struct({ fieldPath: text }),
})

const sortOptions = struct({
  order: text,
  legacySortOptions: struct({ orderFirst: texts, orderLast: texts }),
})

/**
 * Every field of a kustomization file. Those that cannot change a Secret or ConfigMap are read too, since a wrong
 * type or an unknown name in them fails the build.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/types/kustomization.go
 */
export const kustomizationFields = {
  apiVersion: text,
  kind: text,
  metadata: struct({ name: text, namespace: text, labels: textMap, annotations: textMap }),
  openapi: textMap,
  namePrefix: text,
  nameSuffix: text,
  namespace: text,
  commonLabels: textMap,
  labels: list(label),
  commonAnnotations: textMap,
  patchesStrategicMerge: texts,
  patchesJson6902: list(patch),
  patches: list(patch),
  images: list(image),
  imageTags: list(image),
  replacements: list(replacementEntry),
  replicas: list(struct({ name: text, count: integer })),
  vars: list(variable),
  sortOptions,
  resources: texts,
  components: texts,
  crds: texts,
  bases: texts,
  configMapGenerator: list(configMapArguments),
  secretGenerator: list(secretArguments),
  helmGlobals: struct({ chartHome: text, configHome: text }),
  helmCharts: list(anything),
  helmChartInflationGenerator: list(anything),
  generatorOptions,
  configurations: texts,
  generators: texts,
  transformers: texts,
  validators: texts,
  buildMetadata: texts,
}

export type KustomizationFields = Decoded<typeof kustomizationFields>
export type Selector = ReturnType<typeof selector>
export type FieldSpec = ReturnType<typeof fieldSpec>
export type Patch = ReturnType<typeof patch>
export type PatchOptions = ReturnType<typeof patchOptions>
export type GeneratorOptions = ReturnType<typeof generatorOptions>
export type GeneratorArguments = ReturnType<typeof secretArguments>
export type Replacement = ReturnType<typeof replacement>
export type ReplacementEntry = ReturnType<typeof replacementEntry>
export type ReplacementTarget = ReturnType<typeof replacementTarget>
export type ReplacementSource = ReturnType<typeof replacementSource>
export type FieldOptions = ReturnType<typeof fieldOptions>
export type Label = ReturnType<typeof label>

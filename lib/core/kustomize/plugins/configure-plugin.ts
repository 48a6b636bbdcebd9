import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { FieldSpec } from '../kustomization/fields.ts'
import type { Transformer } from '../layer/transformer.ts'
import { applyByIdStrictly } from '../patch/apply-merge-patch.ts'
import { applyOperationsTo, applyPatch } from '../patch/apply-patch.ts'
import { loadMergePatches, loadPatch } from '../patch/load-patch.ts'
import { applyReplacements } from '../replace/apply-replacements.ts'
import { loadReplacements } from '../replace/load-replacements.ts'
import { readPluginOrigin } from '../resource/origin.ts'
import { parseResourceText } from '../resource/parse-resources.ts'
import { assertPublicAnnotations, setTexts } from '../transform/metadata-maps.ts'
import { changeNames } from '../transform/names.ts'
import { changeNamespace } from '../transform/namespace.ts'
import { markOpaque } from '../transform/opaque.ts'
import { createPluginError, isBuiltinPlugin, type Plugin } from './plugin.ts'
import { decodePlugin, transformerFields } from './transformer-fields.ts'

type Configure = (plugin: Plugin, loader: Loader) => Transformer['transform']

/**
 * What an entry of `transformers` does, its files loaded.
 * @throws {SyncError} KustomizeFieldUnsupported for any plugin but the known ones; KustomizationInvalid; what the
 * loader throws
 */
export function configurePlugin(plugin: Plugin, loader: Loader): Transformer {
  const kind = plugin.config.get('kind')
  const configure = isBuiltinPlugin(plugin) && typeof kind === 'string' ? builtins.get(kind) : undefined
  if (configure === undefined) throw createPluginError(plugin, 'transformers')
  const origin = readPluginOrigin(plugin.resource)
  return { transform: configure(plugin, loader), ...(origin !== null && { origin }) }
}

/** Fields are explicit in plugins: none has a place that it acts on by itself. */
const builtins: ReadonlyMap<string, Configure> = new Map<string, Configure>([
  ['PatchTransformer', configurePatch],
  ['PatchStrategicMergeTransformer', configureMerge],
  ['PatchJson6902Transformer', configureOperations],
  ['NamespaceTransformer', configureNamespace],
  ['PrefixTransformer', (plugin) => configureNames(plugin, ['prefix'])],
  ['SuffixTransformer', (plugin) => configureNames(plugin, ['suffix'])],
  ['PrefixSuffixTransformer', (plugin) => configureNames(plugin, ['prefix', 'suffix'])],
  ['LabelTransformer', configureLabels],
  ['AnnotationsTransformer', configureAnnotations],
  ['ReplacementTransformer', configureReplacements],
  [
    'ImageTagTransformer',
    (plugin) => configureOpaque(plugin, decodePlugin(plugin, transformerFields.images)),
  ],
  [
    'ReplicaCountTransformer',
    (plugin) => configureOpaque(plugin, decodePlugin(plugin, transformerFields.replicas)),
  ],
])

function configurePatch(plugin: Plugin, loader: Loader): Transformer['transform'] {
  const patch = decodePlugin(plugin, transformerFields.patch)
  const loaded = loadPatch(patch, loader, plugin.place)
  return (set) => loaded && applyPatch(set, loaded, patch)
}

function configureMerge(plugin: Plugin, loader: Loader): Transformer['transform'] {
  const { paths = [], patches = '' } = decodePlugin(plugin, transformerFields.merge)
  const { place } = plugin
  const inline = parseResourceText(patches, {
    file: place.file,
    code: 'KustomizePatchFailed',
    dialect: 'v3',
    encrypted: place.encrypted,
  })
  if (paths.length === 0 && inline.length === 0) throw invalid(plugin, 'one of paths and patches')
  const loaded = [...loadMergePatches(paths, loader, place), ...inline]
  return (set) => applyByIdStrictly(set, loaded)
}

function configureOperations(plugin: Plugin, loader: Loader): Transformer['transform'] {
  const { jsonOp = '', path = '', target } = decodePlugin(plugin, transformerFields.operations)
  const loaded = loadPatch({ patch: jsonOp, path }, loader, plugin.place)
  return (set) => loaded && applyOperationsTo(set, loaded, target)
}

const subjectModes = ['', 'defaultOnly', 'allServiceAccounts', 'none']

function configureNamespace(plugin: Plugin): Transformer['transform'] {
  const {
    metadata,
    fieldSpecs = [],
    unsetOnly = false,
    ...rest
  } = decodePlugin(plugin, transformerFields.namespace)
  if (!subjectModes.includes(rest.setRoleBindingSubjects ?? '')) {
    throw invalid(plugin, 'unknown setRoleBindingSubjects')
  }
  return (set) => changeNamespace(set, { namespace: metadata?.namespace ?? '', unsetOnly, fieldSpecs })
}

function configureNames(plugin: Plugin, sides: readonly ('prefix' | 'suffix')[]): Transformer['transform'] {
  const { fieldSpecs, ...texts } = decodePlugin(plugin, transformerFields.names)
  if (fieldSpecs === undefined) throw invalid(plugin, 'fieldSpecs are missing')
  return (set) => {
    for (const side of sides)
      changeNames(set, { side, text: texts[side] ?? '', fieldSpecs, tainted: plugin.place.encrypted })
  }
}

function configureLabels(plugin: Plugin): Transformer['transform'] {
  const { labels = new Map(), fieldSpecs = [] } = decodePlugin(plugin, transformerFields.labels)
  return (set) => setTexts(set, { texts: labels, fieldSpecs, tainted: plugin.place.encrypted })
}

function configureAnnotations(plugin: Plugin): Transformer['transform'] {
  const { annotations = new Map(), fieldSpecs = [] } = decodePlugin(plugin, transformerFields.annotations)
  assertPublicAnnotations(annotations, plugin.place)
  return (set) => setTexts(set, { texts: annotations, fieldSpecs, tainted: plugin.place.encrypted })
}

function configureReplacements(plugin: Plugin, loader: Loader): Transformer['transform'] {
  const { replacements = [] } = decodePlugin(plugin, transformerFields.replacements)
  const { place } = plugin
  const loaded = loadReplacements(replacements, loader, { ...place, field: `${place.field}.replacements` })
  return (set) => applyReplacements(set, loaded)
}

/** Images and replicas never reach a Secret by themselves, but in a plugin they may be sent anywhere. */
function configureOpaque(
  plugin: Plugin,
  { fieldSpecs = [] }: { readonly fieldSpecs?: readonly FieldSpec[] },
): Transformer['transform'] {
  if (fieldSpecs.some(mayReachOwnKind)) throw createPluginError(plugin, 'transformers')
  return markOpaque
}

function mayReachOwnKind({ kind = '', path = '' }: FieldSpec): boolean {
  return (
    ['', 'Secret', 'ConfigMap'].includes(kind) && !/^\/?(spec|template|webhooks|subjects)(\/|\[|$)/.test(path)
  )
}

function invalid({ place }: Plugin, reason: string): SyncError {
  const { file, field } = place
  return new SyncError('KustomizationInvalid', { data: { file, field, reason } })
}

import fc from 'fast-check'
import { fileText, generatorText } from './generators.ts'
import { fileStyle, formatManifest, manifestParts, otherObject } from './manifests.ts'
import { formatPatchEntry, patchText } from './patches.ts'
import { pluginsText } from './plugins.ts'
import { replacementsText } from './replacements.ts'
import { flowList } from './values.ts'

/** An overlay as files by path; `top` is what is built. */
export type OverlayFiles = Readonly<Record<string, string>>

const changes = fc
  .subarray([
    'namePrefix: p-\n',
    'nameSuffix: -z\n',
    'namespace: nsx\n',
    'commonLabels: {c: d, l: "y"}\n',
    'commonAnnotations: {e: "5", v: "x"}\n',
    'generatorOptions: {disableNameSuffixHash: true}\n',
    'generatorOptions: {labels: {go: x, g: z}, annotations: {i: "7"}}\n',
    'generatorOptions: {immutable: true}\n',
    'labels: [{pairs: {q: r, l: z}}]\n',
    'labels: [{pairs: {q: "1"}, includeSelectors: true}, {pairs: {w: x}, includeTemplates: true}]\n',
    'labels: [{pairs: {a: "1"}, fields: [{path: data, create: true}]}]\n',
    'labels: [{pairs: {b: "yes"}, fields: [{path: stringData, kind: Secret}]}]\n',
    'buildMetadata: [managedByLabel]\n',
  ])
  .map((lines) => [...new Map(lines.map((line) => [line.split(':')[0], line])).values()])

const few = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { maxLength })

const layer = fc.record({
  objects: fc.uniqueArray(manifestParts, { maxLength: 2, selector: ({ kind, name }) => kind + name }),
  others: fc.oneof(
    { weight: 4, arbitrary: few(otherObject, 0) },
    { weight: 1, arbitrary: few(otherObject, 1) },
  ),
  style: fileStyle,
  secrets: few(generatorText, 2),
  maps: few(generatorText, 1),
  patches: few(patchText, 2),
  inFiles: fc.boolean(),
  changes: fc.oneof({ weight: 1, arbitrary: fc.constant<string[]>([]) }, { weight: 2, arbitrary: changes }),
  text: fileText,
  replacements: fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: replacementsText },
  ),
  plugins: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: pluginsText }),
})

type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never

interface Place {
  readonly directory: string
  readonly resources?: readonly string[]
  readonly components?: readonly string[]
  readonly isComponent?: boolean
}

/** What stands in every base, so that layers above find something to join. */
const joinable = ['Secret', 'ConfigMap'].map(
  (kind) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: joined}\ndata: {a: MQ==, b: "2", c: 3}\n`,
)

function writeLayer(content: Layer, place: Place): OverlayFiles {
  const { directory, resources = [], components = [], isComponent = false } = place
  const isBase = resources.length === 0 && !isComponent
  const objects = [...(isBase ? joinable : []), ...content.objects.map(formatManifest), ...content.others]
  const patches = writePatches(content)
  const lines = [
    `resources: ${flowList([...(objects.length > 0 ? ['o.yaml'] : []), ...resources])}\n`,
    writeGenerators('secretGenerator', content.secrets, isBase),
    writeGenerators('configMapGenerator', content.maps, isBase),
    patches.lines,
    ...content.changes,
    content.replacements,
    content.plugins,
    ...(components.length > 0 ? [`components: ${flowList(components)}\n`] : []),
    ...(isComponent ? ['apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'] : []),
  ]
  const files = {
    'kustomization.yaml': lines.join(''),
    'f.txt': content.text,
    'sub/x': '',
    ...(objects.length > 0 && { 'o.yaml': content.style(objects) }),
    ...patches.files,
  }
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text]))
}

function writeGenerators(field: string, generators: Layer['secrets'], isBase: boolean): string {
  const own = generators.map(({ base, above }) => (isBase ? base : above))
  const items = isBase ? ['{name: m, literals: [a=1, b=2]}', ...own] : own
  return items.length === 0 ? '' : `${field}:\n${items.map((item) => `- ${item}\n`).join('')}`
}

function writePatches({ patches, inFiles }: Layer): { lines: string; files: OverlayFiles } {
  const path = (at: number) => (inFiles ? `p${at}.yaml` : null)
  const fields = new Map<string, string>()
  for (const [at, patch] of patches.entries()) {
    fields.set(
      patch.field,
      `${fields.get(patch.field) ?? `${patch.field}:\n`}${formatPatchEntry(patch, path(at))}`,
    )
  }
  const files = inFiles ? patches.map(({ patch }, at) => [`p${at}.yaml`, patch]) : []
  return { lines: [...fields.values()].join(''), files: Object.fromEntries(files) }
}

/**
 * A replacement in another kind is not judged where a step that is not done for that kind came before: it builds where
 * kustomize may fail.
 */
function withoutOthers(layers: [Layer, Layer, Layer, Layer]): [Layer, Layer, Layer, Layer] {
  if (layers.every(({ replacements, plugins }) => replacements + plugins === '')) return layers
  const [top, one, two, base] = layers.map((content) => ({ ...content, others: [] }))
  return top && one && two && base ? [top, one, two, base] : layers
}

/** Overlays of one to five layers: bases, diamonds, chains and components, with all that may change a Secret. */
export const randomOverlay: fc.Arbitrary<OverlayFiles> = fc
  .tuple(
    fc.constantFrom('alone', 'base', 'base', 'component', 'nested', 'diamond', 'chain'),
    fc.tuple(layer, layer, layer, layer).map(withoutOthers),
  )
  .map(([shape, [top, one, two, base]]) => {
    const bottom = writeLayer(base, { directory: 'base' })
    const side = (content: Layer, directory: string) =>
      writeLayer(
        {
          ...content,
          changes: [
            ...content.changes.filter((line) => !line.startsWith('namePrefix')),
            `namePrefix: ${directory}-\n`,
          ],
        },
        { directory, resources: ['../base'] },
      )
    switch (shape) {
      case 'alone':
        return writeLayer(top, { directory: 'top' })
      case 'base':
        return { ...writeLayer(top, { directory: 'top', resources: ['../base'] }), ...bottom }
      case 'component':
        return {
          ...writeLayer(top, { directory: 'top', resources: ['../base'], components: ['../one', '../two'] }),
          ...writeLayer(one, { directory: 'one', isComponent: true }),
          ...writeLayer(two, { directory: 'two', isComponent: true }),
          ...bottom,
        }
      case 'nested':
        return {
          ...writeLayer(top, { directory: 'top', resources: ['../base'], components: ['../one'] }),
          ...writeLayer(one, { directory: 'one', isComponent: true, components: ['../two'] }),
          ...writeLayer(two, { directory: 'two', isComponent: true }),
          ...bottom,
        }
      case 'diamond':
        return {
          ...writeLayer(top, { directory: 'top', resources: ['../one', '../two'] }),
          ...side(one, 'one'),
          ...side(two, 'two'),
          ...bottom,
        }
      default:
        return {
          ...writeLayer(top, { directory: 'top', resources: ['../one'] }),
          ...writeLayer(one, { directory: 'one', resources: ['../base'] }),
          ...bottom,
        }
    }
  })

import { SyncError } from '../../errors.ts'
import { encodeScalar } from '../yaml/encode.ts'
import { formatApiVersion } from './gvk.ts'
import { getMetadataMap, setMetadataMap } from './metadata.ts'
import { getGvk, getName, getNamespace, type Resource } from './resource.ts'

/** Annotations that `buildMetadata` asks for; they are removed where it does not. */
export const originAnnotation = 'config.kubernetes.io/origin'
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations'

/** Who generated an object, and the file that says so. */
export interface GeneratorOrigin {
  readonly configuredIn: string
  readonly apiVersion: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
}

/**
 * Go's `filepath.Join` of paths relative to the top kustomization: `..` is taken by the letter, leading ones stay.
 */
export function joinOrigin(base: string, path: string): string {
  const names: string[] = []
  for (const name of `${base}/${path}`.split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop()
    else names.push(name)
  }
  return names.join('/')
}

/** Says of an object which file it was read from. @throws {SyncError} KustomizeFieldUnsupported */
export function setFileOrigin(resource: Resource, path: string): void {
  setOrigin(resource, `path: ${formatText(path, resource.file)}\n`)
}

/** Says of an object what generated it, unless it says so itself. @throws {SyncError} KustomizeFieldUnsupported */
export function setGeneratorOrigin(resource: Resource, origin: GeneratorOrigin): void {
  if (getMetadataMap(resource.root, 'annotations').has(originAnnotation)) return
  setOrigin(resource, formatOrigin(origin, resource.file))
}

/**
 * Says of an object that a transformer has changed it; one that nobody says the origin of was made by it.
 * @throws {SyncError} KustomizeFieldUnsupported
 */
export function addTransformation(resource: Resource, origin: GeneratorOrigin): void {
  const text = formatOrigin(origin, resource.file)
  const annotations = new Map(getMetadataMap(resource.root, 'annotations'))
  const known = annotations.get(originAnnotation)?.text
  if (known === undefined) {
    setOrigin(resource, text)
    return
  }
  // kustomize reads both, and fails on most that somebody has written.
  if (!/^(path|configuredIn): /.test(known)) throw createMetadataError(resource.file)
  const former = annotations.get(transformationsAnnotation)?.text ?? ''
  if (former !== '' && !former.startsWith('- configuredIn: ')) throw createMetadataError(resource.file)
  const item = `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`
  annotations.set(transformationsAnnotation, { text: former + item, tainted: false })
  setMetadataMap(resource.root, 'annotations', annotations)
}

function formatOrigin(origin: GeneratorOrigin, file: string): string {
  const [configuredIn, apiVersion, kind] = [origin.configuredIn, origin.apiVersion, origin.kind].map((text) =>
    formatText(text, file),
  )
  const [name, namespace] = (['name', 'namespace'] as const).map((part) => {
    const text = origin[part] ?? ''
    return text === '' ? '' : `  ${part}: ${formatText(text, file)}\n`
  })
  return `configuredIn: ${configuredIn}\nconfiguredBy:\n  apiVersion: ${apiVersion}\n  kind: ${kind}\n${name}${namespace}`
}

/** What a plugin is to say of the objects that it generates; `null` where nobody asks. */
export function readPluginOrigin(plugin: Resource): GeneratorOrigin | null {
  const text = getMetadataMap(plugin.root, 'annotations').get(originAnnotation)?.text ?? ''
  const configuredIn = /^path: (.*)\n$/.exec(text)?.[1]
  if (configuredIn === undefined) return null
  const [name, namespace] = [getName(plugin), getNamespace(plugin)]
  const { kind, ...gvk } = getGvk(plugin)
  return { configuredIn, apiVersion: formatApiVersion({ kind, ...gvk }), kind, name, namespace }
}

function setOrigin({ root }: Resource, text: string): void {
  const annotations = new Map(getMetadataMap(root, 'annotations'))
  setMetadataMap(root, 'annotations', annotations.set(originAnnotation, { text, tainted: false }))
}

/** What needs quotes in YAML is refused; nobody calls a file so. */
function formatText(text: string, file: string): string {
  if (encodeScalar(text).style === 'plain') return text
  throw createMetadataError(file)
}

function createMetadataError(file: string): SyncError {
  return new SyncError('KustomizeFieldUnsupported', { data: { file, field: 'buildMetadata' } })
}

/** What is merged into an object says where that came from. */
export function keepOrigin(merged: Resource, former: Resource): void {
  const origin = getMetadataMap(former.root, 'annotations').get(originAnnotation)
  if (origin !== undefined) setOrigin(merged, origin.text)
}

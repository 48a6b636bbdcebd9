import { isSyncError } from '../../errors.ts'
import type { Loader, SourceFile } from '../files/loader.ts'
import { parseFileSource } from '../generate/pairs.ts'
import type { GeneratorArguments } from '../kustomization/fields.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { listPluginPaths } from '../plugins/list-plugin-paths.ts'
import { parseInlineObjects } from '../resource/parse-inline.ts'
import { parseResources } from '../resource/parse-resources.ts'
import type { Resource } from '../resource/resource.ts'
import { decodeObject } from '../yaml/decode.ts'
import type { BuildContext } from './context.ts'

type Sources = Pick<BuildContext, 'findKustomization' | 'loader'>

/**
 * Walks the kustomizations below `root` and reads every file that they name, so that one round finds as much lacking
 * as can be known. It judges nothing: what is wrong shows in the build, in its order.
 */
export function collectRequests({ loader, findKustomization }: Sources, root: string): void {
  const visited = new Set<string>()
  const waiting = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (visited.has(next)) continue
    visited.add(next)
    const directory = next
    attempt(() => {
      const kustomization = findKustomization(directory)
      if (kustomization !== null) waiting.push(...requestReferences(loader, directory, kustomization))
    })
  }
}

/** Reads the files that a kustomization names and returns the directories. */
function requestReferences(loader: Loader, root: string, kustomization: Kustomization): readonly string[] {
  const referrer = { file: kustomization.file, field: '' }
  const directories: string[] = []
  const request = (path: string): SourceFile | null => {
    const found = loader.locate(root, path, referrer)
    if (found.kind === 'directory') directories.push(found.path)
    return found.kind === 'file' ? loader.read(found.path, referrer) : null
  }
  for (const path of listPaths(kustomization)) attempt(() => request(path))
  for (const entry of [...(kustomization.generators ?? []), ...(kustomization.transformers ?? [])]) {
    attempt(() => {
      for (const { root: config, file } of readPlugins(entry, kustomization, request)) {
        for (const path of listPluginPaths(decodeObject(config, file))) attempt(() => request(path))
      }
    })
  }
  return directories
}

/** The plugins that an entry holds or whose file it names. */
function readPlugins(
  entry: string,
  { file, encrypted }: Kustomization,
  request: (path: string) => SourceFile | null,
): readonly Resource[] {
  const inline = parseInlineObjects(entry, { file, encrypted })
  if (inline !== null) return inline
  const found = request(entry)
  if (found === null) return []
  return parseResources(found.bytes, {
    file: found.path,
    code: 'ManifestInvalid',
    dialect: 'v3',
    encrypted: found.encrypted,
  })
}

function listPaths(kustomization: Kustomization): readonly string[] {
  const { file, encrypted } = kustomization
  const patches = [...(kustomization.patches ?? []), ...(kustomization.patchesJson6902 ?? [])]
  const generators = [...(kustomization.configMapGenerator ?? []), ...(kustomization.secretGenerator ?? [])]
  const mayBeInline = kustomization.patchesStrategicMerge ?? []
  return [
    ...(kustomization.resources ?? []),
    ...(kustomization.components ?? []),
    ...(kustomization.configurations ?? []),
    ...(kustomization.crds ?? []),
    kustomization.openapi?.get('path') ?? '',
    ...generators.flatMap((generator) => listGeneratorPaths(generator)),
    ...patches.flatMap(({ path }) => path ?? []),
    ...(kustomization.replacements ?? []).flatMap(({ path }) => path ?? []),
    ...mayBeInline.filter((entry) => parseInlineObjects(entry, { file, encrypted }) === null),
  ].filter((path) => path !== '')
}

/** The files that a generator reads. */
export function listGeneratorPaths({ envs = [], files = [] }: GeneratorArguments): readonly string[] {
  const sources = files.flatMap((source) => {
    const paths: string[] = []
    attempt(() => paths.push(parseFileSource(source, { file: '', field: '' }).path))
    return paths
  })
  return [...envs, ...sources]
}

/** Leaves an error to the build, which meets it again and reports it in its place. */
function attempt(step: () => void): void {
  try {
    step()
  } catch (error) {
    if (!isSyncError(error)) throw error
  }
}

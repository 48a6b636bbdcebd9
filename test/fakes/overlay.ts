import type { LoadedFile } from '../../lib/core/files/loaded-file.ts'
import type { Tree, TreeEntry } from '../../lib/core/files/tree.ts'
import { type Build, type BuildInput, buildOverlay } from '../../lib/core/kustomize/build.ts'
import { formatGoJson } from '../../lib/core/kustomize/yaml/json.ts'
import { SecretValue } from '../../lib/core/secret-value.ts'

/** A tree of files by path; what `kinds` names is something else than a file, a link holding its target. */
export interface Overlay {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly kinds?: Readonly<Record<string, TreeEntry['kind']>>
  /** Files that were encrypted. */
  readonly encrypted?: readonly string[]
}

export function createOverlayTree({ files, kinds = {} }: Overlay): Tree {
  const entries = new Map<string, TreeEntry['kind']>()
  for (const path of Object.keys(files)) {
    const names = path.split('/')
    for (let depth = 1; depth < names.length; depth += 1)
      entries.set(names.slice(0, depth).join('/'), 'directory')
    entries.set(path, 'file')
  }
  for (const [path, kind] of Object.entries(kinds)) entries.set(path, kind)
  return {
    entry: (path) => {
      const kind = path === '' ? 'directory' : entries.get(path)
      return kind ? { kind, oid: '' } : null
    },
    list: (path) => {
      const start = path === '' ? '' : `${path}/`
      const below = [...entries.keys()].filter((name) => name.startsWith(start) && name !== path)
      return [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))].sort()
    },
  }
}

/** The files as they are loaded when the build asks for them. */
export function loadFiles({ files, encrypted = [] }: Overlay): ReadonlyMap<string, LoadedFile> {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      {
        content: typeof content === 'string' ? SecretValue.fromText(content) : SecretValue.fromBytes(content),
        encrypted: encrypted.includes(path),
      },
    ]),
  )
}

/** Builds with everything loaded. */
export function buildAll(
  overlay: Overlay,
  path = '',
  rest: Pick<BuildInput, 'limits' | 'settings'> = {},
): Build {
  const result = buildOverlay({ tree: createOverlayTree(overlay), files: loadFiles(overlay), path, ...rest })
  if (result.status === 'built') return result
  throw new Error(`lacking ${result.paths.join(' ')}`)
}

/** What is printed for the objects, sorted by kind and name. */
export function printAll(
  overlay: Overlay,
  path = '',
  rest: Pick<BuildInput, 'settings'> = {},
): readonly Record<string, unknown>[] {
  return sortObjects(
    buildAll(overlay, path, rest).objects.map(({ manifest }) => JSON.parse(formatGoJson(manifest))),
  )
}

/** The only object of a kustomization at the root. */
export function printOne(files: Overlay['files']): Record<string, unknown> {
  return printAll({ files })[0] ?? {}
}

export function sortObjects<T extends { kind?: unknown; metadata?: unknown }>(
  objects: readonly T[],
): readonly T[] {
  const key = ({ kind, metadata }: T) => JSON.stringify([kind, Object.entries(metadata ?? {}).sort()])
  return objects.toSorted((left, right) => (key(left) < key(right) ? -1 : 1))
}

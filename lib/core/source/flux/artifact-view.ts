import type { Tree, TreeEntry } from '../../files/tree.ts'
import type { ArtifactFilter } from '../source.ts'
import { type IgnorePattern, isIgnored, parseIgnorePatterns } from './ignore-patterns.ts'

/** A revision as an artifact of Flux holds it: without what is ignored, and without links. */
export interface ArtifactView {
  readonly tree: Tree
  /** Files of patterns that bear on what was looked at so far, and whose text is not known yet. */
  listLacking(): readonly string[]
  provide(path: string, text: string): void
  /** Every file of patterns that was taken into account, and that of the root, there or not. */
  listIgnoreFiles(): readonly string[]
}

const ignoreFile = '.sourceignore'

/** Never in an artifact. */
const versionControl = ['.git/', '.gitignore', '.gitmodules', '.gitattributes']

/** Left out unless the GitRepository says itself what is. @see https://fluxcd.io/flux/components/source/gitrepositories/#default-exclusions */
const byDefault = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
]

/**
 * What Flux sees of `tree`: files and directories, of a sparse checkout only its own, without what is ignored. `ignore`
 * of the GitRepository stands for the default patterns where it is set; files `.sourceignore` add theirs for their
 * directories. Links are in no artifact.
 */
export function createArtifactView(tree: Tree, { ignore, directories }: ArtifactFilter): ArtifactView {
  const first = parseIgnorePatterns(
    [...versionControl, ...(ignore === undefined ? byDefault : [])].join('\n'),
  )
  const last = parseIgnorePatterns(ignore ?? '')
  const texts = new Map<string, readonly IgnorePattern[]>()
  const seen = new Set<string>()
  const byDirectory = new Map<string, readonly IgnorePattern[]>()
  const collectPatterns = (directory: string): readonly IgnorePattern[] => {
    const present = listIgnorePaths(directory).filter(
      (file) => seen.has(file) || tree.entry(file)?.kind === 'file',
    )
    for (const file of present) seen.add(file)
    return [...first, ...present.flatMap((file) => texts.get(file) ?? []), ...last]
  }
  const listPatterns = (path: string) => {
    const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    const patterns = byDirectory.get(directory) ?? collectPatterns(directory)
    byDirectory.set(directory, patterns)
    return patterns
  }
  const isHidden = (path: string, kind: TreeEntry['kind'] | undefined) => {
    if (path === '') return false
    if (kind === 'symlink') return true
    const isDirectory = kind === 'directory'
    if (directories && !directories.some((directory) => isOnTheWay(path, directory))) return true
    const patterns = listPatterns(path)
    // A directory may hold something that a later pattern takes back.
    if (isDirectory && patterns.some(({ includes }) => includes)) return false
    return isIgnored(patterns, path, isDirectory)
  }
  return {
    tree: {
      entry: (path) => {
        const entry = tree.entry(path)
        return entry && isHidden(path, entry.kind) ? null : entry
      },
      list: (path) =>
        tree.list(path).filter((name) => {
          const child = path === '' ? name : `${path}/${name}`
          return !isHidden(child, tree.entry(child)?.kind)
        }),
    },
    listLacking: () => [...seen].filter((file) => !texts.has(file)),
    provide: (path, text) => {
      byDirectory.clear()
      texts.set(path, parseIgnorePatterns(text, path.split('/').slice(0, -1).join('/')))
    },
    listIgnoreFiles: () => [...new Set([ignoreFile, ...seen])],
  }
}

/** Where patterns for what is directly in `directory` may be, from the root on. */
function listIgnorePaths(directory: string): readonly string[] {
  const names = directory === '' ? [] : directory.split('/')
  return [ignoreFile, ...names.map((_, n) => [...names.slice(0, n + 1), ignoreFile].join('/'))]
}

/** Whether `path` lies in `directory`, or `directory` in it. */
function isOnTheWay(path: string, directory: string): boolean {
  if (directory === '' || path === directory) return true
  return path.startsWith(`${directory}/`) || directory.startsWith(`${path}/`)
}

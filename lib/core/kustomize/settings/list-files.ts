import type { Loader } from '../files/loader.ts'

/**
 * The files below a directory in the order of a walk by name, as paths relative to it; links count as files. The
 * directory with all that it holds counts as read.
 * @param descends whether a directory is looked into; it is given its relative path
 */
export function listFiles(
  loader: Loader,
  root: string,
  descends: (path: string) => boolean,
): readonly string[] {
  loader.noteRead(root)
  const walk = (below: string): readonly string[] => {
    const directory = [root, below].filter((part) => part !== '').join('/')
    return loader.tree.list(directory).flatMap((name) => {
      const path = below === '' ? name : `${below}/${name}`
      const kind = loader.tree.entry(directory === '' ? name : `${directory}/${name}`)?.kind
      if (kind === 'directory') return descends(path) ? walk(path) : []
      return kind === 'file' || kind === 'symlink' ? [path] : []
    })
  }
  return walk('')
}

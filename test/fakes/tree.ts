import { createHash } from 'node:crypto'
import type { Tree, TreeEntry } from '../../lib/core/files/tree.ts'

/** A tree of `files` (path to content); object ids follow from the content, those of directories from all below. */
export function createTree(files: Readonly<Record<string, string>>): Tree {
  const below = (path: string) =>
    Object.entries(files).filter(([name]) => path === '' || name.startsWith(`${path}/`))
  return {
    entry: (path): TreeEntry | null => {
      const content = files[path]
      if (content !== undefined) return { kind: 'file', oid: digest(content) }
      const inside = below(path)
      return inside.length === 0 ? null : { kind: 'directory', oid: digest(JSON.stringify(inside)) }
    },
    list: (path) => {
      const start = path === '' ? 0 : path.length + 1
      const names = below(path).map(([name]) => name.slice(start).split('/')[0] ?? '')
      return [...new Set(names)].sort()
    },
  }
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

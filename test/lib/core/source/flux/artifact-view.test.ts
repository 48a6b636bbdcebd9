import { describe, expect, it } from 'vitest'
import type { Tree } from '../../../../../lib/core/files/tree.ts'
import { createArtifactView } from '../../../../../lib/core/source/flux/artifact-view.ts'
import { createTree } from '../../../../fakes/tree.ts'

const files = {
  '.sourceignore': 'docs/\n',
  '.sops.yaml': '',
  '.gitignore': '',
  'logo.png': '',
  'docs/a.yaml': '',
  'app/secrets.yaml': '',
  'app/.sourceignore': '*.txt\n!keep.txt\n',
  'app/a.txt': '',
  'app/keep.txt': '',
}
const tree = createTree(files)
const open = (ignore?: string) => {
  const view = createArtifactView(tree, ignore === undefined ? {} : { ignore })
  for (let lacking = look(view); lacking.length > 0; lacking = look(view)) {
    for (const path of lacking) view.provide(path, files[path as keyof typeof files])
  }
  return view
}
const look = (view: ReturnType<typeof createArtifactView>) => {
  for (const path of Object.keys(files)) view.tree.entry(path)
  return view.listLacking()
}
const seen = (ignore?: string) => Object.keys(files).filter((path) => open(ignore).tree.entry(path) !== null)

describe('what Flux sees of a revision', () => {
  it('is without the default exclusions and those of every .sourceignore', () => {
    expect(seen()).toEqual(['.sourceignore', 'app/secrets.yaml', 'app/.sourceignore', 'app/keep.txt'])
  })

  it('is without what the GitRepository says instead of the defaults', () => {
    expect(seen('/app/secrets.yaml')).toEqual([
      '.sourceignore',
      '.sops.yaml',
      'logo.png',
      'app/.sourceignore',
      'app/keep.txt',
    ])
    expect(seen('/*\n!/app')).toEqual(['app/secrets.yaml', 'app/.sourceignore', 'app/a.txt', 'app/keep.txt'])
  })

  it('is the same in a listing', () => {
    expect(open().tree.list('')).toEqual(['.sourceignore', 'app'])
    expect(open().tree.list('app')).toEqual(['.sourceignore', 'keep.txt', 'secrets.yaml'])
  })

  it('is only what a sparse checkout has', () => {
    const view = createArtifactView(createTree({ 'a/b/x': '', 'a/c/x': '', 'ab/x': '', y: '' }), {
      directories: ['a/b'],
    })
    expect(view.tree.list('')).toEqual(['a'])
    expect(view.tree.list('a')).toEqual(['b'])
    expect(['a/b/x', 'a/c/x', 'ab/x', 'y'].filter((path) => view.tree.entry(path))).toEqual(['a/b/x'])
  })

  it('is without links, to files and to directories', () => {
    const linked: Tree = {
      entry: (path) => (path === 'link' ? { kind: 'symlink', oid: '1' } : tree.entry(path)),
      list: (path) => [...tree.list(path), ...(path === '' ? ['link'] : [])],
    }
    for (const filter of [{}, { ignore: '!link' }, { directories: [''] }]) {
      const view = createArtifactView(linked, filter)
      expect(view.tree.entry('link')).toBeNull()
      expect(view.tree.list('')).toContain('app')
      expect(view.tree.list('')).not.toContain('link')
    }
  })

  it('asks for the files of patterns that it needs, and names them and that of the root', () => {
    const view = createArtifactView(tree, {})
    expect(view.listIgnoreFiles()).toEqual(['.sourceignore'])
    view.tree.entry('app/a.txt')
    expect(view.listLacking()).toEqual(['.sourceignore', 'app/.sourceignore'])
    view.provide('.sourceignore', '')
    expect(view.listLacking()).toEqual(['app/.sourceignore'])
    expect(view.listIgnoreFiles()).toEqual(['.sourceignore', 'app/.sourceignore'])
    expect(createArtifactView(createTree({ a: '' }), {}).listIgnoreFiles()).toEqual(['.sourceignore'])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildOverlay } from '../../../../lib/core/kustomize/build.ts'
import { parseArchive } from '../../../fakes/archive.ts'
import { codeOf } from '../../../fakes/errors.ts'
import { buildAll, createOverlayTree, loadFiles, printAll, sortObjects } from '../../../fakes/overlay.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'kustomize')

describe.each(['overlays', 'ksops'])('%s that kustomize has built', (folder) => {
  it.each(readdirSync(join(fixtures, folder)))('agrees about %s', (name) => {
    const { comment, files } = parseArchive(readFileSync(join(fixtures, folder, name), 'utf8'))
    const { 'expected.json': expected = 'null', ...input } = files
    const overlay = { files: input, encrypted: Object.keys(input).filter((file) => file.includes('.enc.')) }
    const path = comment.split(' ')[0] ?? ''
    const objects = JSON.parse(expected)
    if (objects === null) expect(codeOf(() => printAll(overlay, path))).not.toBeNull()
    else expect(printAll(overlay, path)).toEqual(sortObjects(objects))
  })
})

const nested = {
  files: {
    'ov/kustomization.yaml': 'resources: [../base, s.yaml]\npatches: [{path: p.yaml}]\n',
    'ov/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n',
    'ov/p.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n',
    'base/kustomization.yml': 'configMapGenerator: [{name: c, files: [f.txt]}]\n',
    'base/f.txt': 'x',
  },
}

describe('what a build lacks', () => {
  const tree = createOverlayTree(nested)
  const all = loadFiles(nested)

  it('names all files that are known in each round', () => {
    const rounds: (readonly string[])[] = []
    const files = new Map()
    for (;;) {
      const result = buildOverlay({ tree, files, path: 'ov' })
      if (result.status === 'built') break
      rounds.push(result.paths)
      for (const path of result.paths) files.set(path, all.get(path))
    }
    expect(rounds).toEqual([
      ['ov/kustomization.yaml'],
      ['base/kustomization.yml', 'ov/p.yaml', 'ov/s.yaml'],
      ['base/f.txt'],
    ])
  })

  it('tells what was read and what was looked for', () => {
    expect(buildAll(nested, 'ov').reads).toEqual([
      'base/Kustomization',
      'base/f.txt',
      'base/kustomization.yaml',
      'base/kustomization.yml',
      'ov/Kustomization',
      'ov/kustomization.yaml',
      'ov/kustomization.yml',
      'ov/p.yaml',
      'ov/s.yaml',
    ])
  })

  it.each([
    ['absent', 'PathNotFound'],
    ['base/f.txt', 'PathNotFound'],
    ['../x', 'PathOutsideRepository'],
    ['/etc', 'PathOutsideRepository'],
  ])('refuses the directory %s', (path, code) => {
    expect(codeOf(() => buildAll(nested, path))).toBe(code)
  })
})

it('takes __proto__ and constructor for plain keys', () => {
  const files = {
    'kustomization.yaml': 'secretGenerator: [{name: s, literals: [__proto__=a, constructor=b]}]',
  }
  const [secret] = buildAll({ files }).objects
  expect([...(secret?.data ?? [])].map(([key, { value }]) => [key, value])).toEqual([
    ['__proto__', 'YQ=='],
    ['constructor', 'Yg=='],
  ])
})

import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { collectPairs, parseFileSource } from '../../../../../lib/core/kustomize/generate/pairs.ts'
import type { GeneratorArguments } from '../../../../../lib/core/kustomize/kustomization/fields.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles } from '../../../../fakes/overlay.ts'

const overlay = { files: { 'a.env': 'A=env\n', 'd/f.txt': 'file' }, encrypted: ['d/f.txt'] }
const place = { root: '', file: 'kustomization.yaml', field: 'secretGenerator[0]', encrypted: false }

function collect(args: GeneratorArguments) {
  const loader = createLoader({
    tree: createOverlayTree(overlay),
    files: loadFiles(overlay),
    bytesLimit: 1_000,
  })
  return collectPairs(args, loader, place).map(({ key, value, tainted }) => [
    key,
    new TextDecoder().decode(value),
    tainted,
  ])
}

it('takes envs, then literals, then files', () => {
  expect(collect({ files: ['d/f.txt', 'k=d/f.txt'], literals: ["B='q'"], envs: ['a.env'] })).toEqual([
    ['A', 'env', false],
    ['B', 'q', false],
    ['f.txt', 'file', true],
    ['k', 'file', true],
  ])
})

it.each([
  [{ literals: ['a=1', 'a=2'] }],
  [{ literals: ['a=1'], files: ['a=d/f.txt'] }],
  [{ literals: ['noequals'] }],
  [{ literals: ['=x'] }],
])('refuses %j', (args) => {
  expect(codeOf(() => collect(args))).toBe('KustomizationInvalid')
})

it.each([
  ['a/b.txt', { key: 'b.txt', path: 'a/b.txt' }],
  ['k=a/b', { key: 'k', path: 'a/b' }],
  ['a/', { key: 'a', path: 'a/' }],
])('reads the source %s', (source, expected) => {
  expect(parseFileSource(source, place)).toEqual(expected)
})

it.each(['=a', 'k=', 'a=b=c'])('refuses the source %s', (source) => {
  expect(codeOf(() => parseFileSource(source, place))).toBe('KustomizationInvalid')
})

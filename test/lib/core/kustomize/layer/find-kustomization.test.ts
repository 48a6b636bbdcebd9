import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { createKustomizationFinder } from '../../../../../lib/core/kustomize/layer/find-kustomization.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles, type Overlay } from '../../../../fakes/overlay.ts'

const content = 'resources: []\n'

function find(overlay: Overlay, files = loadFiles(overlay)) {
  const loader = createLoader({ tree: createOverlayTree(overlay), files, bytesLimit: 1_000 })
  return createKustomizationFinder(loader)('d')
}

it.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])('finds %s', (name) => {
  expect(find({ files: { [`d/${name}`]: content } })?.file).toBe(`d/${name}`)
})

it('takes a directory and a link that leaves for absent', () => {
  const files = {
    'd/kustomization.yaml/x': '',
    'd/kustomization.yml': '../other',
    other: content,
    'd/Kustomization': content,
  }
  expect(find({ files, kinds: { 'd/kustomization.yml': 'symlink' } })?.file).toBe('d/Kustomization')
})

it('refuses none and more than one', () => {
  expect(codeOf(() => find({ files: { 'd/x': content } }))).toBe('KustomizationNotFound')
  const two = { 'd/kustomization.yaml': content, 'd/Kustomization': content }
  expect(codeOf(() => find({ files: two }))).toBe('KustomizationNotFound')
})

it('is null while content or the target of a link is lacking', () => {
  expect(find({ files: { 'd/kustomization.yaml': content } }, new Map())).toBeNull()
  const link: Overlay = {
    files: { 'd/kustomization.yaml': 'k' },
    kinds: { 'd/kustomization.yaml': 'symlink' },
  }
  expect(find(link, new Map())).toBeNull()
})

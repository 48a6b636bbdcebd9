import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles, type Overlay } from '../../../../fakes/overlay.ts'

const referrer = { file: 'k', field: 'files' }

function createFrom(overlay: Overlay, bytesLimit = 1_000) {
  return createLoader({ tree: createOverlayTree(overlay), files: loadFiles(overlay), bytesLimit })
}

it('reads files in or below the directory that names them', () => {
  const loader = createFrom({ files: { 'a/f': 'x', 'b/g': 'y' }, encrypted: ['a/f'] })
  expect(loader.load('a', 'f', referrer)).toMatchObject({ path: 'a/f', encrypted: true })
  expect(codeOf(() => loader.load('a', '../b/g', referrer))).toBe('KustomizeReferenceOutside')
  expect(loader.loadAnywhere('a', '../b/g', referrer)?.path).toBe('b/g')
  expect(codeOf(() => loader.load('a', 'none', referrer))).toBe('KustomizeReferenceMissing')
  expect(codeOf(() => loader.loadAnywhere('a', '.', referrer))).toBe('KustomizeReferenceMissing')
  expect([...loader.reads]).toEqual(['a/f', 'b/g', 'a/none'])
})

it('notes what is not loaded', () => {
  const overlay: Overlay = { files: { f: '', link: 'f' }, kinds: { link: 'symlink' } }
  const loader = createLoader({ tree: createOverlayTree(overlay), files: new Map(), bytesLimit: 10 })
  expect(loader.load('', 'f', referrer)).toBeNull()
  expect(loader.load('', 'link', referrer)).toBeNull()
  expect([...loader.lacking]).toEqual(['f', 'link'])
})

it.each([
  ['version https://git-lfs.github.com/spec/v1\noid sha256:x\n', 'GitLfsUnsupported'],
  ['\0GITCRYPT\0xyz', 'GitLfsUnsupported'],
  ['x'.repeat(1_001), 'KustomizeTooLarge'],
])('refuses %j', (content, code) => {
  expect(codeOf(() => createFrom({ files: { f: content } }).load('', 'f', referrer))).toBe(code)
})

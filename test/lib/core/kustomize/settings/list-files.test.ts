import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { listFiles } from '../../../../../lib/core/kustomize/settings/list-files.ts'
import { createOverlayTree } from '../../../../fakes/overlay.ts'

const tree = createOverlayTree({
  files: { 'a/b.txt': '', 'a/c/d.txt': '', 'a/e': 'b.txt', 'a/sub': '', 'f.txt': '' },
  kinds: { 'a/e': 'symlink', 'a/sub': 'submodule' },
})

it.each([
  ['a', true, ['b.txt', 'c/d.txt', 'e']],
  ['a', false, ['b.txt', 'e']],
  ['', true, ['a/b.txt', 'a/c/d.txt', 'a/e', 'f.txt']],
  ['none', true, []],
])('lists the files of %j', (root, descends, files) => {
  const loader = createLoader({ tree, files: new Map(), bytesLimit: 1 })
  expect(listFiles(loader, root, () => descends)).toEqual(files)
  expect([...loader.reads]).toEqual([root])
})

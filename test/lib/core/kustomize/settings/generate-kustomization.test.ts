import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import {
  generateKustomization,
  hasKustomization,
} from '../../../../../lib/core/kustomize/settings/generate-kustomization.ts'
import { createOverlayTree } from '../../../../fakes/overlay.ts'

const names = [
  'b.yaml',
  'a.yml',
  'n.txt',
  '.sops.yaml',
  '.github/x.yaml',
  'sub/c.yaml',
  'k/kustomization.yml',
  'k/d.yaml',
]
const files = Object.fromEntries(names.map((name) => [`ov/${name}`, '']))
const loader = createLoader({ tree: createOverlayTree({ files }), files: new Map(), bytesLimit: 1 })

it('lists manifests, and directories that are kustomized', () => {
  expect(generateKustomization(loader, 'ov')).toMatchObject({
    file: 'ov/kustomization.yaml',
    resources: ['./a.yml', './b.yaml', './k', './sub/c.yaml'],
  })
})

it('tells a directory with a kustomization', () => {
  expect(['ov', 'ov/k', 'ov/sub'].map((root) => hasKustomization(loader, root))).toEqual([false, true, false])
})

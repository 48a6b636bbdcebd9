import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import {
  collectRequests,
  listGeneratorPaths,
} from '../../../../../lib/core/kustomize/layer/collect-requests.ts'
import { createBuildContext, defaultLimits } from '../../../../../lib/core/kustomize/layer/context.ts'
import { createOverlayTree, loadFiles, type Overlay } from '../../../../fakes/overlay.ts'

const overlay: Overlay = {
  files: {
    'ov/kustomization.yaml': [
      'resources: [../base, s.yaml, none.yaml, ../../out]',
      'components: [../comp]',
      'secretGenerator: [{name: s, files: [k=f.txt, a=b=c], envs: [a.env]}]',
      'patches: [{path: p.yaml}, {patch: "[]"}]',
      'patchesStrategicMerge: [q.yaml, "{kind: X, metadata: {name: y}}"]',
      'patchesJson6902: [{path: j.yaml}]',
    ].join('\n'),
    'ov/s.yaml': '',
    'ov/f.txt': '',
    'ov/a.env': '',
    'ov/p.yaml': '',
    'ov/q.yaml': '',
    'ov/j.yaml': '',
    'base/kustomization.yaml': 'resources: [../ov]',
    'comp/kustomization.yaml': '{',
  },
}

it('names every file that loaded kustomizations name, and judges nothing', () => {
  const loaded = new Map([...loadFiles(overlay)].filter(([path]) => path.endsWith('kustomization.yaml')))
  const loader = createLoader({ tree: createOverlayTree(overlay), files: loaded, bytesLimit: 10_000 })
  collectRequests(createBuildContext(loader, defaultLimits), 'ov')
  expect([...loader.lacking].sort()).toEqual([
    'ov/a.env',
    'ov/f.txt',
    'ov/j.yaml',
    'ov/p.yaml',
    'ov/q.yaml',
    'ov/s.yaml',
  ])
})

it('leaves out a malformed source of a generator', () => {
  expect(listGeneratorPaths({ files: ['a=b=c', 'd'], envs: ['e'] })).toEqual(['e', 'd'])
})

it('names the files of generators that are loaded', () => {
  const generators: Overlay = {
    files: {
      'ov/kustomization.yaml': [
        'generators:',
        '- g.yaml',
        '- none.yaml',
        '- "{apiVersion: x, kind: ksops, metadata: {name: i}, files: [../s/b.yaml]}"',
      ].join('\n'),
      'ov/g.yaml': 'apiVersion: x\nkind: ksops\nmetadata: {name: g}\nfiles: [../s/a.yaml, ../s]\n',
      's/a.yaml': '',
      's/b.yaml': '',
    },
  }
  const loaded = new Map([...loadFiles(generators)].filter(([path]) => path.startsWith('ov/')))
  const loader = createLoader({ tree: createOverlayTree(generators), files: loaded, bytesLimit: 10_000 })
  collectRequests(createBuildContext(loader, defaultLimits), 'ov')
  expect([...loader.lacking].sort()).toEqual(['s/a.yaml', 's/b.yaml'])
})

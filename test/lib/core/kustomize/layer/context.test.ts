import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import {
  countResources,
  createBuildContext,
  defaultLimits,
  enterLayer,
} from '../../../../../lib/core/kustomize/layer/context.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree } from '../../../../fakes/overlay.ts'

const referrer = { file: 'k', field: 'resources[0]' }
const createContext = () =>
  createBuildContext(
    createLoader({ tree: createOverlayTree({ files: {} }), files: new Map(), bytesLimit: 1 }),
    { ...defaultLimits, layers: 3, depth: 2, resources: 2 },
  )

it('refuses a directory that holds one it is included from', () => {
  const place = { root: 'a/b', ancestors: ['top'] }
  for (const root of ['a/b', 'a', '', 'top']) {
    expect(codeOf(() => enterLayer(createContext(), place, { root, path: '', referrer }))).toBe(
      'KustomizeCycle',
    )
  }
  expect(enterLayer(createContext(), place, { root: 'a/b/c', path: 'c', referrer })).toEqual({
    root: 'a/b/c',
    ancestors: ['top', 'a/b'],
  })
})

it('limits layers, depth and resources', () => {
  const context = createContext()
  const enter = (ancestors: string[]) =>
    codeOf(() => enterLayer(context, { root: 'x', ancestors }, { root: 'y', path: 'y', referrer }))
  expect([enter([]), enter(['a', 'b']), enter([]), enter([])]).toEqual([
    null,
    'KustomizeTooLarge',
    null,
    'KustomizeTooLarge',
  ])
  countResources(context, 2, 'f')
  expect(codeOf(() => countResources(context, 1, 'f'))).toBe('KustomizeTooLarge')
})

import { expect, it } from 'vitest'
import { isOwnKind } from '../../../../../lib/core/kustomize/resource/own-kind.ts'

it.each([
  ['', 'v1', 'Secret', true],
  ['', 'v1', 'ConfigMap', true],
  ['', '', 'Secret', false],
  ['own', 'v1', 'Secret', false],
  ['', 'v1', 'Pod', false],
])('tells %s/%s %s', (group, version, kind, own) => {
  expect(isOwnKind({ group, version, kind })).toBe(own)
})

import { expect, it } from 'vitest'
import { isTainted, taintNode, taintValues } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { getField } from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { createResource } from '../../../../fakes/resource.ts'

it('taints values and finds taint at any depth', () => {
  const { root } = createResource('metadata: {name: s}\ndata: {a: [{b: c}]}\ntype: Opaque')
  taintValues(root)
  expect([isTainted(root), isTainted(getField(root, 'data')), isTainted(getField(root, 'type'))]).toEqual([
    true,
    true,
    false,
  ])
  taintNode(getField(root, 'type'))
  expect(isTainted(getField(root, 'type'))).toBe(true)
  expect(isTainted(undefined)).toBe(false)
})

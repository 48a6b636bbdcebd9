import { expect, it } from 'vitest'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { markOpaque } from '../../../../../lib/core/kustomize/transform/opaque.ts'
import { createResource } from '../../../../fakes/resource.ts'

it('marks all but v1 Secrets and ConfigMaps', () => {
  const set = createResourceSet([
    createResource(),
    createResource('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}'),
    createResource('apiVersion: x/v1\nkind: Secret\nmetadata: {name: c}'),
  ])
  markOpaque(set)
  expect(set.resources.map(({ opaque }) => opaque)).toEqual([false, false, true])
})

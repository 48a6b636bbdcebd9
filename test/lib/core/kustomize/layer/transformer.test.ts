import { expect, it } from 'vitest'
import { runTransformers } from '../../../../../lib/core/kustomize/layer/transformer.ts'
import { getMetadataMap } from '../../../../../lib/core/kustomize/resource/metadata.ts'
import { transformationsAnnotation } from '../../../../../lib/core/kustomize/resource/origin.ts'
import {
  createResourceSet,
  type ResourceSet,
} from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { createMapping } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { createResource } from '../../../../fakes/resource.ts'

it('runs in order, drops what is empty, and says who has changed what', () => {
  const set = createResourceSet([
    createResource('metadata: {name: s, annotations: {config.kubernetes.io/origin: "path: x"}}'),
    createResource('metadata: {name: t}'),
  ])
  const sizes: number[] = []
  const note = ({ resources }: ResourceSet) => void sizes.push(resources.length)
  const origin = { configuredIn: 'k.yaml', apiVersion: 'builtin', kind: 'K' }
  const clear = ({ resources: [, last] }: ResourceSet) => {
    if (last) last.root = createMapping()
  }
  runTransformers([{ transform: note, origin }, { transform: clear }, { transform: note, origin }], set)
  expect(sizes).toEqual([2, 1])
  const item = '- configuredIn: k.yaml\n  configuredBy:\n    apiVersion: builtin\n    kind: K\n'
  const [left] = set.resources
  expect(left && getMetadataMap(left.root, 'annotations').get(transformationsAnnotation)?.text).toBe(
    item + item,
  )
})

import { expect, it } from 'vitest'
import {
  getMetadata,
  getMetadataMap,
  setAnnotation,
  setLabel,
  setMetadataMap,
} from '../../../../../lib/core/kustomize/resource/metadata.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

it('reads source texts', () => {
  const { root } = createResource('metadata: {name: s, labels: {a: 0x1F, b: ~, c: [x]}}')
  expect([...getMetadataMap(root, 'labels')].map(([name, { text }]) => [name, text])).toEqual([
    ['a', '0x1F'],
    ['b', '~'],
    ['c', ''],
  ])
  expect(getMetadataMap(root, 'annotations').size).toBe(0)
  expect(getMetadata(root)).toBeDefined()
})

it('writes maps anew: sorted, as strings, none where empty', () => {
  const resource = createResource('metadata: {name: s, annotations: {b: 1, a: yes}}')
  setMetadataMap(resource.root, 'annotations', getMetadataMap(resource.root, 'annotations'))
  expect(JSON.stringify(printResource(resource)['metadata'])).toBe(
    '{"annotations":{"a":"yes","b":"1"},"name":"s"}',
  )
  setMetadataMap(resource.root, 'annotations', new Map())
  expect(printResource(resource)['metadata']).toEqual({ name: 's' })
})

it('adds one label or annotation, in place of an empty map too', () => {
  const resource = createResource('metadata: {name: s, annotations: }')
  setAnnotation(resource.root, 'a', '1')
  setLabel(resource.root, 'l', 'true')
  expect(printResource(resource)['metadata']).toEqual({
    name: 's',
    annotations: { a: '1' },
    labels: { l: 'true' },
  })
})

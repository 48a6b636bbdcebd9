import { expect, it } from 'vitest'
import {
  getName,
  setName,
  setNamespace,
  storeFormerId,
} from '../../../../../lib/core/kustomize/resource/resource.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import {
  parseIdPattern,
  parseMetadataTest,
  selectResources,
} from '../../../../../lib/core/kustomize/select/select-resources.ts'
import { createResource, createResources } from '../../../../fakes/resource.ts'

const text = [
  '{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {l: x}}}',
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: n, annotations: {m: y}}}',
  '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}',
].join('\n---\n')

it.each([
  [{}, 'a b a'],
  [{ kind: 'Secret|ConfigMap' }, 'a b'],
  [{ group: 'apps' }, 'a'],
  [{ name: 'b' }, 'b'],
  [{ namespace: 'default' }, 'a a'],
  [{ labelSelector: 'l' }, 'a'],
  [{ annotationSelector: 'm=y' }, 'b'],
])('selects by %j', (selector, names) => {
  expect(
    selectResources(createResourceSet([...createResources(text)]), selector, 'f')
      .map(getName)
      .join(' '),
  ).toBe(names)
})

it('matches the first or the present name, none between', () => {
  const resource = createResource()
  for (const name of ['between', 'last']) {
    storeFormerId(resource)
    setName(resource, name)
    setNamespace(resource, 'n')
  }
  const matches = (name: string) => selectResources(createResourceSet([resource]), { name }, 'f').length
  expect([matches('s'), matches('between'), matches('last')]).toEqual([1, 0, 1])
})

it('gives the parts of a selector one by one', () => {
  const pattern = parseIdPattern({ name: 'a.*', namespace: 'n' }, 'f')
  expect([
    pattern.matchesName('ab'),
    pattern.matchesNamespace('m'),
    pattern.matchesGvk({ group: '', version: '', kind: 'X' }),
  ]).toEqual([true, false, true])
  expect(
    parseMetadataTest({ labelSelector: 'l' }, 'f')(createResource('metadata: {name: s, labels: {l: x}}')),
  ).toBe(true)
})

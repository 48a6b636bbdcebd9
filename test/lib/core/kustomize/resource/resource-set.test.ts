import { expect, it } from 'vitest'
import { getCurrentId, setName, storeFormerId } from '../../../../../lib/core/kustomize/resource/resource.ts'
import {
  appendResource,
  assertUniqueIds,
  createResourceSet,
  dropEmptyResources,
  findByAnyId,
  findUniqueByAnyId,
  forgetIds,
  replaceResource,
} from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { createMapping } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource } from '../../../../fakes/resource.ts'

it('refuses a second resource of the same id', () => {
  const set = createResourceSet()
  appendResource(set, createResource())
  expect(codeOf(() => appendResource(set, createResource('metadata: {name: s, namespace: default}')))).toBe(
    'KustomizeConflict',
  )
  expect(codeOf(() => assertUniqueIds(createResourceSet([createResource(), createResource()])))).toBe(
    'KustomizeConflict',
  )
})

it('finds by present and former ids', () => {
  const resource = createResource()
  const id = getCurrentId(resource)
  storeFormerId(resource)
  setName(resource, 't')
  const set = createResourceSet([resource])
  expect(findByAnyId(set, id)).toEqual([resource])
  expect(findUniqueByAnyId(set, { ...id, name: 'x' })).toBe('missing')
  appendResource(set, createResource())
  expect(findUniqueByAnyId(set, id)).toBe('ambiguous')
})

it('keeps the index while one takes the place of another', () => {
  const [former, next] = [createResource(), createResource('metadata: {name: t}')]
  const set = createResourceSet()
  appendResource(set, former)
  replaceResource(set, former, next)
  expect(set.resources).toEqual([next])
  expect(findUniqueByAnyId(set, getCurrentId(former))).toBe('missing')
  appendResource(set, createResource())
  expect(findUniqueByAnyId(set, getCurrentId(next))).toBe(next)
})

it('drops what is empty', () => {
  const resource = createResource()
  const set = createResourceSet([resource])
  resource.root = createMapping()
  forgetIds(set)
  dropEmptyResources(set)
  expect(set.resources).toEqual([])
})

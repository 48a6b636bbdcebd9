import { describe, expect, it } from 'vitest'
import {
  appendToAnnotation,
  buildAnnotations,
  copyResource,
  getAllIds,
  getCurrentId,
  getFormerIds,
  getGvk,
  getName,
  getNamespace,
  getOriginalId,
  isEnabled,
  isInternalAnnotation,
  setKind,
  setName,
  setNamespace,
  storeFormerId,
} from '../../../../../lib/core/kustomize/resource/resource.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

describe('the id of a resource', () => {
  it('is read from the object', () => {
    const resource = createResource(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: n}',
    )
    expect(getCurrentId(resource)).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      name: 'd',
      namespace: 'n',
    })
    expect([getGvk(resource).kind, getName(resource), getNamespace(resource)]).toEqual([
      'Deployment',
      'd',
      'n',
    ])
  })

  it('is remembered before it changes', () => {
    const resource = createResource()
    storeFormerId(resource)
    setName(resource, 't')
    setNamespace(resource, 'n')
    storeFormerId(resource)
    setKind(resource, 'ConfigMap')
    expect(getFormerIds(resource).map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([
      ['Secret', 's', 'default'],
      ['Secret', 't', 'n'],
    ])
    expect(getOriginalId(resource)).toMatchObject({ name: 's' })
    expect(getAllIds(resource)).toHaveLength(3)
  })

  it('is refused where the record is broken', () => {
    const resource = createResource()
    appendToAnnotation(resource, buildAnnotations.formerNames, 'a,b')
    expect(codeOf(() => getFormerIds(resource))).toBe('ManifestInvalid')
  })
})

it('drops an empty namespace and keeps the taint of a name', () => {
  const resource = createResource('metadata: {name: s, namespace: n}')
  const copy = copyResource(resource)
  setNamespace(resource, '')
  expect(printResource(resource)['metadata']).toEqual({ name: 's' })
  expect(getNamespace(copy)).toBe('n')
})

it('knows its own annotations', () => {
  const resource = createResource()
  appendToAnnotation(resource, buildAnnotations.needsHash, 'enabled')
  expect([
    isEnabled(resource, buildAnnotations.needsHash),
    isEnabled(resource, buildAnnotations.prefixes),
  ]).toEqual([true, false])
  expect([isInternalAnnotation(buildAnnotations.prefixes), isInternalAnnotation('a')]).toEqual([true, false])
})

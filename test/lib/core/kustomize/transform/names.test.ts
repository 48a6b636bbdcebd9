import { expect, it } from 'vitest'
import { getFormerIds, getName } from '../../../../../lib/core/kustomize/resource/resource.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { changeNames, nameFieldSpecs } from '../../../../../lib/core/kustomize/transform/names.ts'
import { createResource, createResources, printResource } from '../../../../fakes/resource.ts'

it('changes names, remembers them, and leaves some kinds alone', () => {
  const resources = createResources(
    '{apiVersion: v1, kind: Secret, metadata: {name: s}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: n}}',
  )
  const set = createResourceSet(resources)
  changeNames(set, { side: 'prefix', text: 'p-', fieldSpecs: nameFieldSpecs })
  changeNames(set, { side: 'suffix', text: '-z', fieldSpecs: nameFieldSpecs })
  expect(resources.map(getName)).toEqual(['p-s-z', 'n'])
  expect(resources.map((resource) => getFormerIds(resource).map(({ name }) => name))).toEqual([
    ['s', 'p-s'],
    [],
  ])
})

it('changes any field that it is given', () => {
  const resource = createResource('metadata: {name: s}\ndata: {a: x}')
  changeNames(createResourceSet([resource]), {
    side: 'prefix',
    text: 'p-',
    fieldSpecs: [{ path: 'data/a', kind: 'Secret' }],
  })
  expect(printResource(resource)).toMatchObject({ data: { a: 'p-x' }, metadata: { name: 's' } })
})

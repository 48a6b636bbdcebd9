import { describe, expect, it } from 'vitest'
import { editField, setTextsIn, splitPath } from '../../../../../lib/core/kustomize/transform/field-spec.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const edit = (body: string, spec: Parameters<typeof editField>[1]) => {
  const resource = createResource(`metadata: {name: s}\n${body}`)
  editField(resource, spec, setTextsIn([['k', 'v']]))
  return printResource(resource)
}

describe('editField', () => {
  it('makes what is missing only where it may', () => {
    expect(edit('', { path: 'a/b', create: true })).toMatchObject({ a: { b: { k: 'v' } } })
    expect(edit('', { path: 'a/b' })).not.toHaveProperty('a')
    expect(edit('a: null', { path: 'a', create: true })).toMatchObject({ a: { k: 'v' } })
    expect(edit('a: null', { path: 'a' })).toMatchObject({ a: null })
  })

  it('goes through lists and escaped slashes', () => {
    expect(edit('a: [{b: {}}, {b: {}}, {}]', { path: 'a/b' })).toMatchObject({
      a: [{ b: { k: 'v' } }, { b: { k: 'v' } }, {}],
    })
    expect(edit('a: {b/c: {}}', { path: 'a/b\\/c' })).toMatchObject({ a: { 'b/c': { k: 'v' } } })
    expect(edit('a: [{b: {}}]', { path: 'a[]/b' })).toMatchObject({ a: [{ b: { k: 'v' } }] })
  })

  it('leaves other kinds alone', () => {
    expect(edit('a: {}', { path: 'a', kind: 'ConfigMap' })).toMatchObject({ a: {} })
  })

  it.each([
    ['a: text', { path: 'a' }],
    ['a: text', { path: 'a/b' }],
    ['a: {}', { path: 'a/0' }],
    ['a: {}', { path: '' }],
  ])('refuses %j at %j', (body, spec) => {
    expect(codeOf(() => edit(body, spec))).toBe('KustomizationInvalid')
  })

  it('sets a text in place of null', () => {
    const resource = createResource('metadata: {name: s}\na: ')
    editField(resource, { path: 'a' }, { create: 'scalar', apply: () => createScalar('x') })
    expect(printResource(resource)).toMatchObject({ a: 'x' })
  })
})

it('splits paths at separators that are not escaped', () => {
  expect([splitPath('/a/b', '/'), splitPath('a\\.b.c', '.'), splitPath('', '/')]).toEqual([
    ['a', 'b'],
    ['a.b', 'c'],
    [''],
  ])
})

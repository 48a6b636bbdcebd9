import { expect, it } from 'vitest'
import { applyOperationsTo, applyPatch } from '../../../../../lib/core/kustomize/patch/apply-patch.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const create = () => createResourceSet([createResource('metadata: {name: s}\nstringData: {a: x}\n')])
const text = (body: string) => ({ text: body, file: 'f', field: 'patches[0]', encrypted: false })
const add = '[{"op": "add", "path": "/stringData/b", "value": "y"}]'
const merge = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {b: y}\n'

it.each([
  [add, { kind: 'Secret' }],
  [merge, undefined],
  [merge.replace('name: s', 'name: other'), { name: 's' }],
])('applies %j', (body, target) => {
  const set = create()
  applyPatch(set, text(body), target ? { target } : {})
  expect(set.resources.map(printResource)).toMatchObject([{ stringData: { a: 'x', b: 'y' } }])
})

it.each([
  [add, 'KustomizationInvalid'],
  ['word', 'KustomizePatchFailed'],
  [merge.replace('name: s', 'name: other'), 'KustomizeReferenceMissing'],
])('refuses %j without a target', (body, code) => {
  expect(codeOf(() => applyPatch(create(), text(body), {}))).toBe(code)
})

it('wants a name for operations alone', () => {
  expect(codeOf(() => applyOperationsTo(create(), text(add), { kind: 'Secret' }))).toBe(
    'KustomizationInvalid',
  )
  expect(codeOf(() => applyOperationsTo(create(), text(add), undefined))).toBe('KustomizationInvalid')
  expect(codeOf(() => applyOperationsTo(create(), text('[]'), { name: 's' }))).toBe('KustomizePatchFailed')
  expect(codeOf(() => applyOperationsTo(create(), text(add), { name: 's' }))).toBeNull()
})

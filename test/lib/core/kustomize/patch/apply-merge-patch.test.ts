import { expect, it } from 'vitest'
import {
  allowChanges,
  applyById,
  applyByIdStrictly,
  applyToSelected,
} from '../../../../../lib/core/kustomize/patch/apply-merge-patch.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const base = () => createResource('metadata: {name: s, labels: {a: b}}\ndata: {a: MQ==}')
const patch = (text: string, encrypted = false) => createResource(text, encrypted)

it('patches the one object of its id', () => {
  const target = base()
  applyById(createResourceSet([target]), [patch('metadata: {name: s, labels: {a: null}}\ndata: {b: Mg==}')])
  expect(printResource(target)).toMatchObject({
    metadata: { name: 's', labels: {} },
    data: { a: 'MQ==', b: 'Mg==' },
  })
})

it('turns nulls of labels into texts in the legacy field and under a target', () => {
  for (const apply of [
    applyByIdStrictly,
    (...args: Parameters<typeof applyById>) => applyToSelected(...args, {}),
  ]) {
    const target = base()
    apply(createResourceSet([target]), [patch('metadata: {name: s, labels: {a: null}}')])
    expect(printResource(target)).toMatchObject({ metadata: { labels: { a: 'null' } } })
  }
})

it('keeps name, kind and namespace unless a change is allowed', () => {
  const [kept, changed] = [base(), base()]
  const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: t, namespace: n}'
  applyToSelected(createResourceSet([kept]), [patch(other)], {})
  const allowed = patch(other)
  allowChanges(allowed, { allowNameChange: true, allowKindChange: true })
  applyToSelected(createResourceSet([changed]), [allowed], {})
  expect(printResource(kept)).toMatchObject({ kind: 'Secret', metadata: { name: 's' } })
  expect(printResource(changed)).toMatchObject({ kind: 'ConfigMap', metadata: { name: 't' } })
})

it('taints what an encrypted patch sets', () => {
  const target = base()
  applyById(createResourceSet([target]), [patch('metadata: {name: s}\ndata: {a: Mg==}', true)])
  expect(isTainted(target.root)).toBe(true)
})

it('marks other kinds whose lists it cannot merge', () => {
  const target = createResource('kind: Deployment\napiVersion: apps/v1\nmetadata: {name: s}\nspec: {a: [1]}')
  applyById(createResourceSet([target]), [
    createResource('kind: Deployment\napiVersion: apps/v1\nmetadata: {name: s}\nspec: {a: [2]}'),
  ])
  expect(target.opaque).toBe(true)
})

it.each([
  ['metadata: {name: other}', 'KustomizeReferenceMissing'],
  ['metadata: {name: s, namespace: n}', 'KustomizeReferenceMissing'],
  ['apiVersion: v2\nkind: Secret\nmetadata: {name: s}', 'KustomizeReferenceMissing'],
])('refuses %j, which matches nothing', (text, code) => {
  expect(codeOf(() => applyById(createResourceSet([base()]), [patch(text)]))).toBe(code)
})

it('refuses several patches with one target, and names that then collide', () => {
  const two = [patch('metadata: {name: s}'), patch('metadata: {name: s}')]
  expect(codeOf(() => applyToSelected(createResourceSet([base()]), two, {}))).toBe('KustomizePatchFailed')
  const renaming = patch('metadata: {name: x}')
  allowChanges(renaming, { allowNameChange: true })
  const set = createResourceSet([base(), createResource('metadata: {name: t}')])
  expect(codeOf(() => applyToSelected(set, [renaming], {}))).toBe('KustomizeConflict')
})

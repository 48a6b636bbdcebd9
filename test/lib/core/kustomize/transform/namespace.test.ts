import { expect, it } from 'vitest'
import { getNamespace } from '../../../../../lib/core/kustomize/resource/resource.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import {
  changeNamespace,
  namespaceFieldSpecs,
} from '../../../../../lib/core/kustomize/transform/namespace.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResources, printResource } from '../../../../fakes/resource.ts'

const change = (text: string, unsetOnly = false) => {
  const resources = createResources(text)
  changeNamespace(createResourceSet(resources), {
    namespace: 'new',
    unsetOnly,
    fieldSpecs: namespaceFieldSpecs,
  })
  return resources
}

it('moves what has a namespace and renames a Namespace', () => {
  const [secret, own, role] = change(
    [
      '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: old}}',
      '{apiVersion: v1, kind: Namespace, metadata: {name: n}}',
      '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r}}',
    ].join('\n---\n'),
  )
  expect(secret && getNamespace(secret)).toBe('new')
  expect(own && printResource(own)).toMatchObject({ metadata: { name: 'new' } })
  expect(role && getNamespace(role)).toBe('')
})

it('moves only what has none where it is told so', () => {
  const text =
    '{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: old}}\n---\n{apiVersion: v1, kind: Secret, metadata: {name: b}}'
  expect(change(text, true).map(getNamespace)).toEqual(['old', 'new'])
})

it('refuses two that then have one id', () => {
  const text =
    '{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: x}}\n---\n{apiVersion: v1, kind: Secret, metadata: {name: a}}'
  expect(codeOf(() => change(text))).toBe('KustomizeConflict')
})

import { expect, it } from 'vitest'
import {
  formatApiVersion,
  isClusterScoped,
  isSelectedGvk,
  parseApiVersion,
} from '../../../../../lib/core/kustomize/resource/gvk.ts'

it.each([
  ['v1', { group: '', version: 'v1' }],
  ['apps/v1', { group: 'apps', version: 'v1' }],
  ['', { group: '', version: '' }],
])('parses and formats %j', (text, parsed) => {
  expect(parseApiVersion(text)).toEqual(parsed)
  expect(formatApiVersion({ ...parsed, kind: '' })).toBe(text)
})

it('knows what has no namespace', () => {
  expect(isClusterScoped({ group: '', version: 'v1', kind: 'Namespace' })).toBe(true)
  expect(isClusterScoped({ group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole' })).toBe(
    true,
  )
  expect(isClusterScoped({ group: '', version: 'v1', kind: 'Secret' })).toBe(false)
  expect(isClusterScoped({ group: 'own', version: 'v1', kind: 'Namespace' })).toBe(false)
})

it('selects by the parts that are named', () => {
  const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' }
  expect([isSelectedGvk(gvk, {}), isSelectedGvk(gvk, { kind: 'Deployment', group: '' })]).toEqual([
    true,
    true,
  ])
  expect(isSelectedGvk(gvk, { version: 'v2' })).toBe(false)
})

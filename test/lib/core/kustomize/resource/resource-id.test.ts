import { expect, it } from 'vitest'
import {
  describeId,
  effectiveNamespace,
  formatIdKey,
} from '../../../../../lib/core/kustomize/resource/resource-id.ts'

const id = { group: '', version: 'v1', kind: 'Secret', name: 's', namespace: '' }

it('takes no namespace and default for the same', () => {
  expect(formatIdKey(id)).toBe(formatIdKey({ ...id, namespace: 'default' }))
  expect(formatIdKey(id)).not.toBe(formatIdKey({ ...id, namespace: 'other' }))
  expect(effectiveNamespace({ ...id, kind: 'Namespace', namespace: 'x' })).toBe('_non_namespaceable_')
})

it('describes an id', () => {
  expect(describeId({ ...id, namespace: 'n' })).toBe('Secret.v1/n/s')
  expect(describeId({ ...id, group: 'g' })).toBe('Secret.v1.g/s')
})

import { expect, it } from 'vitest'
import { deriveExternalId } from '../../../../../lib/core/config/policy/external-id.ts'

it('is the same for the configs of one tenant and another for every other', () => {
  expect(deriveExternalId('prod', 'cluster/shop/a')).toBe('smc:prod:cluster:shop')
  expect(deriveExternalId('prod', 'cluster/shop/b')).toBe('smc:prod:cluster:shop')
  expect(deriveExternalId('prod', 'cluster/blog/a')).toBe('smc:prod:cluster:blog')
})

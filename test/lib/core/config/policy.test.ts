import { expect, it } from 'vitest'
import { findGrant } from '../../../../lib/core/config/policy.ts'

it('grants nothing to a tenant that is not listed', () => {
  const grant = { tenant: 'prod/a', namePrefixes: ['a-'] }
  expect(findGrant({ tenancy: 'listed', tenants: [grant] }, 'prod/a')).toBe(grant)
  expect(findGrant({ tenancy: 'listed', tenants: [grant] }, 'dev/a')).toEqual({
    tenant: 'dev/a',
    namePrefixes: [],
  })
})

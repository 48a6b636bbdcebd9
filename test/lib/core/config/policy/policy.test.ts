import { expect, it } from 'vitest'
import { findGrant, findRepositoryRules } from '../../../../../lib/core/config/policy/policy.ts'

it('grants nothing to a tenant that is not listed', () => {
  const grant = { tenant: 'prod/a', namePrefixes: ['a-'] }
  expect(findGrant({ tenancy: 'listed', tenants: [grant] }, 'prod/a')).toBe(grant)
  expect(findGrant({ tenancy: 'listed', tenants: [grant] }, 'dev/a')).toEqual({
    tenant: 'dev/a',
    namePrefixes: [],
  })
})

it.each<[string, string, boolean]>([
  ['https://git.test/org', 'git.test/org/app', true],
  ['https://git.test/org', 'git.test/org', true],
  ['https://git.test/ORG/', 'git.test/Org/app', true],
  ['ssh://git@git.test/org', 'git.test/org/app', true],
  ['https://git.test', 'git.test/org/app', true],
  ['https://git.test/org', 'git.test/org-evil/app', false],
  ['https://git.test', 'git.test.evil/org/app', false],
  ['https://git.test:8443/org', 'git.test/org/app', false],
])('holds a rule for %s over %s: %s', (url, key, expected) => {
  const rule = { url, fastForward: true }
  const found = findRepositoryRules({ tenancy: 'single', repositoryRules: [rule] }, key)
  expect(found).toEqual(expected ? [rule] : [])
})

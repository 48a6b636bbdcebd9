import { describe, expect, it } from 'vitest'
import { findTagProblem } from '../../../../lib/core/secrets/tags.ts'

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, '']))

describe('findTagProblem', () => {
  it.each([
    ['none', {}],
    ['text of any language', { Équipe: 'paiements: a/b+c=d@e' }],
    ['as many as AWS leaves room for', many(45)],
    ['the longest', { ['k'.repeat(128)]: 'v'.repeat(256) }],
  ])('finds nothing wrong with %s', (_, tags) => {
    expect(findTagProblem(tags)).toBeNull()
  })

  it.each([
    'managed-by',
    'smc-deployment',
    'smc-owner',
    'SMC-Owner',
    'smc-later',
    'environment',
    'Location',
    'aws:x',
    '',
    'a*b',
    'k'.repeat(129),
  ])('refuses the key %j', (key) => {
    expect(findTagProblem({ team: 'a', [key]: 'x' })).toMatchObject({ key })
  })

  it.each(['*', 'v'.repeat(257), 'a\nb'])('refuses the value %j', (value) => {
    expect(findTagProblem({ team: value })).toMatchObject({ key: 'team' })
  })

  it('refuses more than AWS leaves room for', () => {
    expect(findTagProblem(many(46))).toMatchObject({ key: '' })
  })
})

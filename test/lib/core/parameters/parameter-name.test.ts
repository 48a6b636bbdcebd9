import { describe, expect, it } from 'vitest'
import {
  formatParameterName,
  fromStoreName,
  isParameter,
  isParameterName,
  toStoreName,
} from '../../../../lib/core/parameters/parameter-name.ts'
import { isSecretName } from '../../../../lib/core/secrets/store-limits.ts'

const parts = { prefix: 'shop', environment: 'dev', key: 'log.level' }

describe('formatParameterName', () => {
  it.each([
    ['/shop/dev/log_level', {}],
    ['/shop/dev/a_b_c', { key: 'a/b.c' }],
    ['/shop/dev/a-b_c', { key: 'a-b_c' }],
    ['/team/one/log_level', { path: '/team/one' }],
    ['/team/log_level', { path: 'team' }],
    // Only `.` and `/` are replaced: what the store does not take is refused, never made into another name.
    ['/shop/dev/a b', { key: 'a b' }],
  ])('forms %s', (name, more) => {
    expect(toStoreName(formatParameterName({ ...parts, ...more }))).toBe(name)
  })

  it('forms names that no secret can have', () => {
    const name = formatParameterName(parts)
    expect(isParameter(name)).toBe(true)
    expect(isSecretName(name)).toBe(false)
    expect(isParameter('shop-log_level')).toBe(false)
    expect(fromStoreName(toStoreName(name))).toBe(name)
  })
})

describe('isParameterName', () => {
  it.each(['ssm:/a', 'ssm:/a/B.c_d-e/0', `ssm:${'/l'.repeat(15)}`, `ssm:/${'x'.repeat(899)}`])(
    'takes %s',
    (name) => {
      expect(isParameterName(name)).toBe(true)
    },
  )

  it.each([
    '/a',
    'ssm:',
    'ssm:/',
    'ssm:a',
    'ssm:/a/',
    'ssm:/a//b',
    'ssm:/a b',
    'ssm:/ä',
    'ssm:/aws/x',
    'ssm:/AWSome',
    'ssm:/ssm-x',
    `ssm:${'/l'.repeat(16)}`,
    `ssm:/${'x'.repeat(900)}`,
  ])('refuses %s', (name) => {
    expect(isParameterName(name)).toBe(false)
  })
})

import { expect, it } from 'vitest'
import { parseTargetRevision } from '../../../../../lib/core/source/argocd/target-revision.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'

it.each([
  ['', { head: true }],
  ['HEAD', { head: true }],
  [commit, { commit }],
  [commit.toUpperCase(), { commit }],
  ['1.*', { semver: '1.*', lenient: true }],
  ['>=1.2 <2', { semver: '>=1.2 <2', lenient: true }],
  ['^1', { semver: '^1', lenient: true }],
  ['*', { semver: '*', lenient: true }],
  ['v1.0', { name: 'v1.0' }],
  ['1.0', { name: '1.0' }],
  ['main', { name: 'main' }],
  ['refs/heads/main', { name: 'refs/heads/main' }],
  ['refs/pull/1/head', { name: 'refs/pull/1/head' }],
  ['abc1234', { name: 'abc1234' }],
])('reads %j', (text, expected) => {
  expect(parseTargetRevision(text)).toEqual(expected)
})

it('narrows a range, and nothing else, to the tags with a prefix', () => {
  expect(parseTargetRevision('1.*', 'web/')).toEqual({ semver: '1.*', lenient: true, tagPrefix: 'web/' })
  expect(parseTargetRevision('main', 'web/')).toEqual({ name: 'main' })
  expect(parseTargetRevision('1.2.3', 'web/')).toEqual({ name: '1.2.3' })
})

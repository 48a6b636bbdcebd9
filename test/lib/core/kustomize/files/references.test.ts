import { describe, expect, it } from 'vitest'
import {
  assertLocalReference,
  directoryOf,
  isRemote,
  isWithin,
  joinReference,
} from '../../../../../lib/core/kustomize/files/references.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const referrer = { file: 'kustomization.yaml', field: 'resources[0]' }

describe('isRemote', () => {
  it.each([
    'https://example.com/x.yaml',
    'HTTPS:/example.com/x.yaml',
    'http:x',
    'git::https://example.com/x',
    'ssh://git@example.com/x',
    'file:///repo',
    'github.com/org/repo//base?ref=v1',
    'github.com:org/repo',
    'git@github.com:org/repo.git',
    'git@example.com/org/repo',
    'user@host/a.git',
  ])('takes %s for remote', (reference) => {
    expect(isRemote(reference)).toBe(true)
  })

  it.each(['../base', 'a@b', 'a@b/c', 'github.company.com/x', '/abs://x', 'httpd.yaml'])(
    'takes %s for local',
    (reference) => {
      expect(isRemote(reference)).toBe(false)
    },
  )
})

it.each([
  ['https://x', 'KustomizeRemoteForbidden'],
  ['/etc/passwd', 'PathOutsideRepository'],
  ['', 'KustomizationInvalid'],
  ['a\0b', 'KustomizationInvalid'],
  ['a\\b', 'KustomizationInvalid'],
  ['a/b', null],
])('judges %j', (reference, code) => {
  expect(codeOf(() => assertLocalReference(reference, referrer))).toBe(code)
})

it.each([
  ['a/b', '../c/./d', 'a/c/d'],
  ['', 'x//y', 'x/y'],
  ['a', '..', ''],
])('joins %s and %s', (base, reference, path) => {
  expect(joinReference(base, reference, referrer)).toBe(path)
})

it('refuses to leave the root', () => {
  expect(codeOf(() => joinReference('a', '../../b', referrer))).toBe('PathOutsideRepository')
})

it('knows what lies within', () => {
  expect([isWithin('a/b', 'a'), isWithin('a', 'a'), isWithin('ab', 'a'), isWithin('a', '')]).toEqual([
    true,
    true,
    false,
    true,
  ])
  expect([directoryOf('a/b/c'), directoryOf('a')]).toEqual(['a/b', ''])
})

import { expect, it } from 'vitest'
import { listRemarks } from '../../../../lib/core/status/remarks.ts'

const revision = { ref: 'main', commit: 'a'.repeat(40) }

it.each([
  ['nothing', [], [], []],
  ['fields without effect', [], ['spec.otel'], ['FieldsIgnored']],
  ['disabled keys', ['web-A'], [], ['Disabled']],
  ['both', ['web-A'], ['spec.otel'], ['FieldsIgnored', 'Disabled']],
])('remarks on %s', (_, disabled, ignoredFields, types) => {
  expect(listRemarks({ revision, disabled }, ignoredFields).map(({ type }) => type)).toEqual(types)
})

it.each([
  ['report', ['Unwanted']],
  ['new-uid', ['Unwanted']],
  ['share', []],
  [undefined, []],
] as const)('remarks on secrets that Git no longer names when they are held as %s', (held, types) => {
  const pruning = { unwanted: ['web-A'], digest: 'd', deletions: 1, most: 2, ...(held && { held }) }
  expect(listRemarks({ revision, disabled: [], pruning }, []).map(({ type }) => type)).toEqual(types)
})

it('remarks on a config that was rolled back', () => {
  const pinned = { entryAt: '2026-01-31T08:00:00.000Z', later: ['web-B'] }
  expect(listRemarks({ revision, disabled: [], pinned }, [])).toEqual([
    {
      type: 'Pinned',
      status: 'True',
      reason: 'ConfigPinned',
      message: expect.stringMatching(/main@sha1:a{40}.*web-B/),
    },
  ])
})

it('remarks on secrets that policy keeps other than in Git', () => {
  expect(listRemarks({ revision, disabled: [], held: ['web-A'] }, [])).toMatchObject([
    { type: 'Held', reason: 'SecretHeld', message: 'Other than in Git, and kept so: web-A' },
  ])
})

it('remarks on secrets in places that the config has left', () => {
  const leftBehind = [
    { account: '1', region: 'eu-west-1', names: ['web-A', 'web-B'] },
    { account: '2', region: 'eu-west-1', names: ['web-A'] },
  ]
  expect(listRemarks({ revision, disabled: [], leftBehind }, [])).toMatchObject([
    {
      type: 'LeftBehind',
      reason: 'SecretLeftBehind',
      message: 'Left behind in eu-west-1 of 1: web-A, web-B; in eu-west-1 of 2: web-A',
    },
  ])
})

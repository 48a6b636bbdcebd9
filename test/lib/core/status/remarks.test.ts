import { expect, it } from 'vitest'
import { listRemarks } from '../../../../lib/core/status/remarks.ts'

it.each([
  ['nothing', [], [], []],
  ['fields without effect', [], ['spec.otel'], ['FieldsIgnored']],
  ['disabled keys', ['web-A'], [], ['Disabled']],
  ['both', ['web-A'], ['spec.otel'], ['FieldsIgnored', 'Disabled']],
])('remarks on %s', (_, disabled, ignoredFields, types) => {
  expect(listRemarks({ disabled }, ignoredFields).map(({ type }) => type)).toEqual(types)
})

it.each([
  ['report', ['Unwanted']],
  ['new-uid', ['Unwanted']],
  ['share', []],
  [undefined, []],
] as const)('remarks on secrets that Git no longer names when they are held as %s', (held, types) => {
  const pruning = { unwanted: ['web-A'], digest: 'd', deletions: 1, most: 2, ...(held && { held }) }
  expect(listRemarks({ disabled: [], pruning }, []).map(({ type }) => type)).toEqual(types)
})

it('remarks on secrets that policy keeps other than in Git', () => {
  expect(listRemarks({ disabled: [], held: ['web-A'] }, [])).toMatchObject([
    { type: 'Held', reason: 'SecretHeld', message: 'Other than in Git, and kept so: web-A' },
  ])
})

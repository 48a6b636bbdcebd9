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

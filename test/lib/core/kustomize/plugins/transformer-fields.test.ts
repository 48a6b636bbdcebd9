import { expect, it } from 'vitest'
import {
  decodePlugin,
  transformerFields,
} from '../../../../../lib/core/kustomize/plugins/transformer-fields.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource } from '../../../../fakes/resource.ts'

const plugin = (fields: readonly (readonly [string, string | bigint | boolean])[]) => ({
  resource: createResource(),
  config: new Map(fields),
  place: { root: '', file: 'p.yaml', field: 'p', encrypted: false },
})

it('leaves out what it does not know', () => {
  const decoded = decodePlugin(
    plugin([
      ['prefix', 'p-'],
      ['other', 1n],
    ]),
    transformerFields.names,
  )
  expect(decoded).toEqual({ prefix: 'p-' })
})

it('refuses a number for a text, and another letter case', () => {
  for (const field of [['prefix', 1n] as const, ['Prefix', 'p-'] as const]) {
    expect(codeOf(() => decodePlugin(plugin([field]), transformerFields.names))).toBe('KustomizationInvalid')
  }
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  expandNameTemplate,
  hasPlaceholder,
  parseNameTemplate,
  placeholders,
} from '../../../../lib/core/secrets/name-template.ts'
import { isSecretName } from '../../../../lib/core/secrets/store-limits.ts'

const values = {
  environment: 'prod',
  namespace: 'shop',
  name: 'db',
  key: 'DB.URL',
  prefix: 'web',
  suffix: '',
}
const expand = (text: string, more: Partial<typeof values> = {}) =>
  expandNameTemplate(parseNameTemplate(text) ?? [], { ...values, ...more })

describe('parseNameTemplate', () => {
  it.each([
    'a b',
    'é',
    '{{unknown}}',
    '{{ key }}',
    '{{.key}}',
    '{{key',
    'key}}',
    '{key}',
    '{{{key}}}',
    '{{}}',
    '{{key}}\n',
    '{{constructor}}',
  ])('refuses %j', (text) => {
    expect(parseNameTemplate(text)).toBeNull()
  })

  it('knows which placeholders it holds', () => {
    const template = parseNameTemplate('{{environment}}/key') ?? []
    expect(placeholders.filter((placeholder) => hasPlaceholder(template, placeholder))).toEqual([
      'environment',
    ])
  })
})

describe('expandNameTemplate', () => {
  it.each([
    ['{{environment}}/{{namespace}}/{{name}}/{{key}}', 'prod/shop/db/DB.URL'],
    ['{{prefix}}-{{key}}{{suffix}}', 'web-DB.URL'],
    ['/_+=.@-', '/_+=.@-'],
    ['', ''],
  ])('expands %j to %j', (text, name) => {
    expect(expand(text)).toBe(name)
  })

  it('lets no value lead into another part of the tree of names', () => {
    expect(expand('a/{{key}}', { key: '../b/x' })).toBe('a/.._b_x')
    expect(expand('{{key}}{{name}}', { key: '{{suffix}}', name: 'é 😀' })).toBe('__suffix_____')
  })

  it('makes names that the store takes from whatever values', () => {
    const text = placeholders.map((placeholder) => `{{${placeholder}}}`).join('/')
    const anything = fc.record(
      Object.fromEntries(
        placeholders.map((placeholder) => [placeholder, fc.string({ unit: 'binary', maxLength: 20 })]),
      ) as Record<keyof typeof values, fc.Arbitrary<string>>,
    )
    fc.assert(
      fc.property(anything, (values) => {
        const name = expand(text, values)
        expect(isSecretName(name)).toBe(true)
        expect(name.split('/')).toHaveLength(placeholders.length)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../../../../lib/core/sops/formats/json/parse.ts'
import { createMetadataFields } from '../../../../../lib/core/sops/metadata/metadata-fields.ts'

const fieldsOf = (value: unknown) => createMetadataFields(parseJsonObject(JSON.stringify(value)))
const invalid = (field: string) => expect.objectContaining({ code: 'SopsMetadataInvalid', data: { field } })

describe('the fields of a metadata map', () => {
  it('are found without regard to case, exactly first', () => {
    expect(fieldsOf({ MAC: 'a' }).text('mac')).toBe('a')
    expect(fieldsOf({ MAC: 'a', mac: 'b' }).text('mac')).toBe('b')
    expect(fieldsOf({}).text('mac')).toBe('')
  })

  it.each([
    ['a', 'a'],
    [null, ''],
    [3, '3'],
    [1.5, '1.5'],
    [true, '1'],
    [false, '0'],
  ])('read %j as text', (value, text) => {
    expect(fieldsOf({ version: value }).text('version')).toBe(text)
  })

  it.each([
    [2, 2],
    ['2', 2],
    ['0x2', 2],
    ['010', 8],
    ['', 0],
    [null, 0],
    [true, 1],
    [2.9, 2],
  ])('read %j as integer', (value, integer) => {
    expect(fieldsOf({ n: value }).integer('n')).toBe(integer)
  })

  it.each([
    [true, true],
    ['true', true],
    ['F', false],
    ['', false],
    [1, true],
    [0, false],
    [null, false],
  ])('read %j as boolean', (value, bool) => {
    expect(fieldsOf({ b: value }).bool('b')).toBe(bool)
  })

  it('read a list of maps, a lone map and nothing as maps', () => {
    const maps = (value: unknown) =>
      fieldsOf({ age: value })
        .maps('age')
        .map((entry) => entry.text('enc'))
    expect([[{ enc: 'a' }, { enc: 'b' }], { enc: 'a' }, null, [], {}].map(maps)).toEqual([
      ['a', 'b'],
      ['a'],
      [],
      [],
      [],
    ])
  })

  it('read a map of texts without those that are null', () => {
    const texts = fieldsOf({ context: { a: 'b', c: null, d: 1, __proto__x: 'e' } }).texts('context')
    expect(texts).toEqual({ a: 'b', d: '1', __proto__x: 'e' })
  })

  it('refuse values of another type with their path', () => {
    expect(() => fieldsOf({ mac: [] }).text('mac')).toThrow(invalid('mac'))
    expect(() => fieldsOf({ n: 'two' }).integer('n')).toThrow(invalid('n'))
    expect(() => fieldsOf({ b: 'yes' }).bool('b')).toThrow(invalid('b'))
    expect(() => fieldsOf({ kms: '' }).maps('kms')).toThrow(invalid('kms'))
    expect(() => fieldsOf({ kms: ['a'] }).maps('kms')).toThrow(invalid('kms[0]'))
    expect(() => fieldsOf({ context: 'a' }).texts('context')).toThrow(invalid('context'))
    expect(() =>
      fieldsOf({ kms: [{ enc: {} }] })
        .maps('kms')[0]
        ?.text('enc'),
    ).toThrow(invalid('kms[0].enc'))
  })
})

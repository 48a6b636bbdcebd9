import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../../../../../lib/core/sops/formats/json/parse.ts'

const keysOf = (json: string) =>
  parseJsonObject(json).items.map((item) => (item.type === 'pair' ? item.key : item.type))
const parseValue = (json: string) => {
  const [item] = parseJsonObject(`{"a":${json}}`).items
  return item?.type === 'pair' ? item.value : item
}

describe('parseJsonObject', () => {
  it('keeps order, duplicates and special keys', () => {
    expect(keysOf('{"10":1,"9":2,"__proto__":3,"9":4,"":5}')).toEqual(['10', '9', '__proto__', '9', ''])
  })

  it.each([
    ['-0', { type: 'int', value: 0n }],
    ['9223372036854775807', { type: 'int', value: 2n ** 63n - 1n }],
    ['9223372036854775808', { type: 'float', value: 2 ** 63 }],
    ['1.0', { type: 'float', value: 1 }],
    ['1E3', { type: 'float', value: 1000 }],
    ['"\\u00e9\\n\\/\\ud83c\\udf89"', { type: 'str', text: 'é\n/🎉' }],
    ['"\\ud800"', { type: 'str', text: '\ufffd' }],
    ['true', { type: 'bool', value: true }],
    ['false', { type: 'bool', value: false }],
    ['null', { type: 'null' }],
    ['[]', { type: 'list', items: [] }],
    ['{}', { type: 'map', items: [] }],
    ['[[1]]', { type: 'list', items: [{ type: 'list', items: [{ type: 'int', value: 1n }] }] }],
  ])('reads %s', (json, value) => {
    expect(parseValue(json)).toEqual(value)
  })

  it('ignores what follows the object', () => {
    expect(keysOf(' \r\n\t{"a":1} trailing')).toEqual(['a'])
  })

  it.each([
    '',
    '[]',
    '"a"',
    '\ufeff{}',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1',
    '{"a":1,}',
    '{a:1}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":1e999}',
    '{"a":.5}',
    '{"a":tru}',
    '{"a":[1,]}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\u12"}',
    '{"a":"b}',
    '{"a":"b \n"}',
    '{/**/}',
  ])('refuses %j', (json) => {
    expect(() => parseJsonObject(json)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })

  it('refuses nesting that would exhaust the stack', () => {
    const deep = `{"a":${'['.repeat(100_000)}`
    expect(() => parseJsonObject(deep)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})

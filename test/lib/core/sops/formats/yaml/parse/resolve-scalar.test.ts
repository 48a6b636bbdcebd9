import { describe, expect, it } from 'vitest'
import { createEmptyNode } from '../../../../../../../lib/core/sops/formats/yaml/parse/parser.ts'
import {
  isMergeKey,
  resolveScalar,
} from '../../../../../../../lib/core/sops/formats/yaml/parse/resolve-scalar.ts'

const createNode = (value: string, tag = '', isPlain = true) => ({
  ...createEmptyNode(4),
  value,
  tag,
  isPlain,
})

describe('resolveScalar', () => {
  it.each([
    ['1', '', true, { type: 'int', value: 1n }],
    ['1', '', false, { type: 'str', text: '1' }],
    ['1', '!!str', true, { type: 'str', text: '1' }],
    ['1', '!!int', false, { type: 'int', value: 1n }],
    ['1', '!!float', true, { type: 'float', value: 1 }],
    ['1.5', '!!float', false, { type: 'float', value: 1.5 }],
    ['true', '!!bool', false, { type: 'bool', value: true }],
    ['~', '!!null', true, { type: 'null' }],
    ['2024-01-02', '!!timestamp', false, { type: 'time', text: '2024-01-02T00:00:00Z' }],
    ['aG\nk=', '!!binary', true, { type: 'str', text: 'hi' }],
    ['/w==', '!!binary', true, { type: 'bytes', bytes: Buffer.from([255]) }],
    ['1', '!custom', true, { type: 'str', text: '1' }],
    ['1', '!!constructor', true, { type: 'str', text: '1' }],
    ['9223372036854775808', '', true, { type: 'unsupported', found: 'uint64' }],
    ['-9223372036854775808', '', true, { type: 'int', value: -(2n ** 63n) }],
    ['18446744073709551615', '!!int', true, { type: 'unsupported', found: 'uint64' }],
  ] as const)('reads %j tagged %j', (...[value, tag, isPlain, resolved]) => {
    expect(resolveScalar(createNode(value, tag, isPlain))).toEqual(resolved)
  })

  it.each([
    ['x', '!!int'],
    ['1.5', '!!int'],
    ['yes', '!!bool'],
    ['x', '!!null'],
    ['x', '!!timestamp'],
    ['x', '!!binary'],
    ['18446744073709551615', '!!float'],
  ])('refuses %j tagged %s', (value, tag) => {
    expect(() => resolveScalar(createNode(value, tag))).toThrow(
      expect.objectContaining({ code: 'SopsFileUnreadable', data: { line: 5 } }),
    )
  })
})

describe('isMergeKey', () => {
  it('knows << where it is plain or tagged', () => {
    const keys = [
      createNode('<<'),
      createNode('<<', '!!merge', false),
      createNode('<<', '', false),
      createNode('a'),
    ]
    expect(keys.map(isMergeKey)).toEqual([true, true, false, false])
  })
})

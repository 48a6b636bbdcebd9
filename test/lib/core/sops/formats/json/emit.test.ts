import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatJson } from '../../../../../../lib/core/sops/formats/json/emit.ts'
import { parseJsonObject } from '../../../../../../lib/core/sops/formats/json/parse.ts'
import type { TreeNode } from '../../../../../../lib/core/sops/tree.ts'

const map = (value: TreeNode): TreeNode => ({ type: 'map', items: [{ type: 'pair', key: 'a', value }] })

describe('formatJson', () => {
  it('indents by tabs and leaves comments out', () => {
    const list: TreeNode = {
      type: 'list',
      items: [
        { type: 'comment', text: 'x' },
        { type: 'int', value: 1n },
        { type: 'map', items: [{ type: 'comment', text: 'y' }] },
      ],
    }
    expect(formatJson(map(list))).toBe('{\n\t"a": [\n\t\t1,\n\t\t{}\n\t]\n}')
    expect(formatJson({ type: 'list', items: [{ type: 'comment', text: 'x' }] })).toBe('[]')
  })

  it.each([
    [
      { type: 'str', text: '<&>\u2028\u2029\u007f\b\f\u0001' },
      '"\\u003c\\u0026\\u003e\\u2028\\u2029\u007f\\b\\f\\u0001"',
    ],
    [{ type: 'bytes', bytes: Uint8Array.of(0x61, 0xff) }, '"a\\ufffd"'],
    [{ type: 'int', value: 2n ** 63n - 1n }, '9223372036854775807'],
    [{ type: 'float', value: 1e21 }, '1e+21'],
    [{ type: 'float', value: 1e-7 }, '1e-7'],
    [{ type: 'float', value: 1000000 }, '1000000'],
    [{ type: 'float', value: -0 }, '-0'],
    [{ type: 'bool', value: true }, 'true'],
    [{ type: 'time', text: '2026-01-02T03:04:05.5Z' }, '"2026-01-02T03:04:05.5Z"'],
    [{ type: 'null' }, 'null'],
  ] as const)('writes %o as Go does', (value, text) => {
    expect(formatJson(value)).toBe(text)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => formatJson({ type: 'float', value })).toThrow(
      expect.objectContaining({ code: 'SopsOutputUnsupported' }),
    )
  })

  it('writes what reads back the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 })), (value) => {
        const tree = parseJsonObject(JSON.stringify(value))
        expect(parseJsonObject(formatJson(tree))).toEqual(tree)
      }),
    )
  })
})

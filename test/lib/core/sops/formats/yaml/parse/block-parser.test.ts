import { describe, expect, it } from 'vitest'
import { parseDocuments } from '../../../../../../../lib/core/sops/formats/yaml/parse/parse-documents.ts'
import type { SyntaxNode } from '../../../../../../../lib/core/sops/formats/yaml/parse/syntax-node.ts'

/** The structure alone. */
function toPlain(node: SyntaxNode | undefined): unknown {
  if (node?.type === 'map') return node.pairs.map(({ key, value }) => [toPlain(key), toPlain(value)])
  if (node?.type === 'list') return { items: node.items.map(toPlain) }
  return node?.type === 'scalar' ? node.value : null
}

const parse = (text: string) => parseDocuments(text)[0]?.root

describe('blocks', () => {
  it.each([
    [
      'a: b\nc:\n',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['a:\n  b: c', [['a', [['b', 'c']]]]],
    ['- a\n-\n- - b', { items: ['a', '', { items: ['b'] }] }],
    [
      'a:\n- b\n-\nc: d',
      [
        ['a', { items: ['b', ''] }],
        ['c', 'd'],
      ],
    ],
    [
      'a:\n  - b: c\n    d: e',
      [
        [
          'a',
          {
            items: [
              [
                ['b', 'c'],
                ['d', 'e'],
              ],
            ],
          },
        ],
      ],
    ],
    [
      '? a\n? b\n: c',
      [
        ['a', ''],
        ['b', 'c'],
      ],
    ],
    ['? - a\n: - b', [[{ items: ['a'] }, { items: ['b'] }]]],
  ])('are read from %j', (text, plain) => {
    expect(toPlain(parse(text))).toEqual(plain)
  })

  it('keep the foot of a value, and what dedents below a key, with the key above', () => {
    expect(parse('a: 1\n# f\n\nb: 2\n# g\n')).toMatchObject({
      pairs: [{ key: { comments: { foot: '# f' } } }, { key: { comments: { foot: '# g' } } }],
    })
  })

  it('take the comment above their dash', () => {
    expect(parse('- a\n# s\n- b: c')).toMatchObject({ items: [{}, { comments: { head: '# s' } }] })
  })

  it.each(['a: b\n- c', 'a: b\nc', '- a\nb: c', 'a:\n  b: c\n d: e', '- a\n - b: c\n d'])(
    'refuse %j',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
    },
  )
})

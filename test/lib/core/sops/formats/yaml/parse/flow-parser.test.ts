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

describe('flow collections', () => {
  it.each([
    ['[]', { items: [] }],
    ['[a, "b",]', { items: ['a', 'b'] }],
    ['[a: b, ? c : d, ? e]', { items: [[['a', 'b']], [['c', 'd']], [['e', '']]] }],
    ['{}', []],
    [
      '{a: b, c, ? d : , "e":1,}',
      [
        ['a', 'b'],
        ['c', ''],
        ['d', ''],
        ['e', '1'],
      ],
    ],
    [
      '{a: , b: [c, {d: e}]}',
      [
        ['a', ''],
        ['b', { items: ['c', [['d', 'e']]] }],
      ],
    ],
    ['[\n a,\n b\n]', { items: ['a', 'b'] }],
  ])('are read from %j', (text, plain) => {
    expect(toPlain(parse(text))).toEqual(plain)
  })

  it('take the comments before their end for their own', () => {
    expect(parse('[ # h\n a, # l\n b\n # f\n] # e')).toMatchObject({
      comments: { line: '# e', foot: '' },
      items: [{}, { comments: { foot: '# f' } }],
    })
  })

  it.each(['[', '[a', '[a b: c\n', '[,]', '{,}', '{a', '[a}', '{a]', '[? : b]', '[a\n---\n]', '[- a]'])(
    'refuse %j',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
    },
  )
})

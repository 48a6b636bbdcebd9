import { describe, expect, it } from 'vitest'
import { createParser } from '../../../../../../../lib/core/sops/formats/yaml/parse/node-parser.ts'
import {
  createEmptyNode,
  expectToken,
  nameNode,
  parseOptionalNode,
  skipDash,
  takeComments,
  takeStem,
} from '../../../../../../../lib/core/sops/formats/yaml/parse/parser.ts'
import { createTokenStream } from '../../../../../../../lib/core/sops/formats/yaml/scan/token-stream.ts'

/** A parser before the first token of the text. */
function createParserOf(text: string) {
  const parser = createParser(createTokenStream(text))
  parser.stream.peek()
  parser.stream.skip()
  return parser
}

describe('a parser', () => {
  it('names nodes', () => {
    const parser = createParserOf('')
    const node = createEmptyNode(0)
    nameNode(parser, { anchor: 'a', tag: '', line: 0 }, node)
    nameNode(parser, { anchor: '', tag: '', line: 0 }, node)
    expect([...parser.anchors]).toEqual([['a', node]])
  })

  it('takes an empty node where none need be', () => {
    const parser = createParserOf('a')
    expect(parseOptionalNode(parser, 'block', ['plain'])).toMatchObject({ value: '', isPlain: true })
    expect(parseOptionalNode(parser, 'block', ['block-end'])).toMatchObject({ value: 'a' })
  })

  it('names the line where another token is due', () => {
    const parser = createParserOf('\na')
    expectToken(parser, 'plain')
    expect(() => expectToken(parser, 'key')).toThrow(expect.objectContaining({ data: { line: 2 } }))
  })

  it('takes comments once', () => {
    const parser = createParserOf('# h\na')
    parser.stream.peek()
    expect([takeComments(parser).head, takeComments(parser).head]).toEqual(['# h', ''])
  })

  it('sets the comment above a dash aside for the block behind it', () => {
    const parser = createParserOf('- a\n# s\n- b: c')
    while (parser.stream.peek().line < 2) parser.stream.skip()
    skipDash(parser)
    expect([takeStem(parser).head, takeStem(parser).head, parser.stream.met.head]).toEqual(['# s', '', ''])
  })
})

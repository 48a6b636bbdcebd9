import { describe, expect, it } from 'vitest'
import { createCommentCollector } from '../../../../../../../lib/core/sops/formats/yaml/scan/comment-collector.ts'
import { scanToken } from '../../../../../../../lib/core/yaml/scan/scan-token.ts'
import { createTestScanner } from '../../../../../../fakes/yaml-scanner.ts'

/** Comments of a text, each with the text from the start of its token on. */
function collect(text: string) {
  const collector = createCommentCollector()
  const scanner = createTestScanner(text, { comments: collector })
  while (scanner.tokens.at(-1)?.type !== 'stream-end') scanToken(scanner)
  const comments = collector.comments.map(({ kind, text: found, tokenIndex }) => [
    kind,
    found,
    text.slice(tokenIndex).split('\n')[0],
  ])
  return { comments, tokens: scanner.tokens }
}

describe('a collector of comments', () => {
  it.each([
    ['a: b # c', [['line', '# c', 'b # c']]],
    ['# c\na: b', [['head', '# c', '# c']]],
    ['a: # c\n  b', [['line', '# c', 'a: # c']]],
    ['[a, # c\nb]', [['line', '# c', 'a, # c']]],
    ['a: | # c\n  b', [['line', '# c', '| # c']]],
    ['a: b\n# f\n\nc: d', [['foot', '# f', 'b']]],
  ])('takes that of %j with its token', (text, comments) => {
    expect(collect(text).comments).toEqual(comments)
  })

  it('makes the comment behind the key of a list the head of its first item', () => {
    expect(collect('a: # c\n  - b').comments).toEqual([['head', '# c', 'b']])
    expect(collect('- # c\n  b').comments).toEqual([['head', '# c', '# c']])
  })

  it('ends a block above the comments at its column', () => {
    const text = 'a:\n  b: c\n  # f\nd: e'
    const end = collect(text).tokens.find(({ type }) => type === 'block-end')
    expect(text.slice(end?.index)).toBe('# f\nd: e')
    expect(end?.line).toBe(2)
  })

  it('counts lines of blanks only below a block scalar as empty', () => {
    expect(collect('a: |\n  b\n    \n# c\n').comments).toEqual([['head', '# c', '# c']])
    expect(collect('a: |\n  b\n# c\n').comments).toMatchObject([['foot', '# c', expect.anything()]])
  })
})

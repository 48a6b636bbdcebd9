import { describe, expect, it } from 'vitest'
import { buildBranch } from '../../../../../../../lib/core/sops/formats/yaml/parse/build-branch.ts'
import { parseDocuments } from '../../../../../../../lib/core/sops/formats/yaml/parse/parse-documents.ts'

const build = (text: string) => parseDocuments(text).map(buildBranch)[0]
const comment = (text: string) => ({ type: 'comment', text })
const inline = (text: string) => ({ type: 'comment', text, inline: true })
const pair = (key: string, value: object) => ({ type: 'pair', key, value })
const int = (value: bigint) => ({ type: 'int', value })
const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('buildBranch', () => {
  it('makes items of comments: inline ones before what they stand behind', () => {
    const text = '# d\n\n# h\na: 1 # i\n# f\n\nl: # k\n  # s\n  - 2 # j\n  # t\n'
    expect(build(text)?.items).toEqual([
      comment(' d'),
      comment(' h'),
      inline(' i'),
      pair('a', int(1n)),
      comment(' f'),
      comment(' k'),
      pair('l', { type: 'list', items: [comment(' s'), inline(' j'), int(2n), comment(' t')] }),
    ])
  })

  it('expands aliases in place, with the comments of their targets', () => {
    const items = [comment(' c'), pair('b', int(1n))]
    expect(build('a: &x # c\n  b: 1\nd: *x # e\n')?.items).toEqual([
      pair('a', { type: 'map', items }),
      inline(' e'),
      pair('d', { type: 'map', items }),
    ])
  })

  it('keeps merge keys as they are', () => {
    expect(build('a: &x {b: 1}\nc: {<<: *x}')?.items[1]).toMatchObject(
      pair('c', { items: [pair('<<', { items: [pair('b', int(1n))] })] }),
    )
  })

  it.each(['~: !!binary "%"', 'null: {a: 1, a: 2}', '~: {<<: 1}'])(
    'looks at no value of the key null: %s',
    (text) => {
      expect(build(text)?.items).toEqual([
        pair(text.split(':')[0] ?? '', { type: 'unsupported', found: 'key' }),
      ])
      expect(() => build(`a: {${text}}`)).toThrow(unreadable)
    },
  )

  it.each(['~', '---\n# c\n', '!!null'])('takes %j for an empty document', (text) => {
    expect(build(text)?.items.filter(({ type }) => type === 'pair')).toEqual([])
  })

  it.each([
    ['a root that is a list', '- a'],
    ['a root that is a scalar', 'a'],
    ['a key twice', 'a: 1\n"a": 2'],
    ['a key that is a list', '[a]: 1'],
    ['an alias within its target', 'a: &x [*x]'],
    ['a merge of a scalar', '<<: a'],
    ['a merge of a list', 'a: &x [1]\n<<: *x'],
    ['a merge of scalars', '<<: [{}, 1]'],
  ])('refuses %s', (_, text) => {
    expect(() => build(text)).toThrow(unreadable)
  })
})

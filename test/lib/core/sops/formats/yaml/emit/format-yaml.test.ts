import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../../../../../../lib/core/sops/formats/json/parse.ts'
import { formatYaml } from '../../../../../../../lib/core/sops/formats/yaml/emit/format-yaml.ts'
import type { Comment, Pair, TreeList, TreeMap, TreeNode } from '../../../../../../../lib/core/sops/tree.ts'

const fromJson = (json: string) => formatYaml([parseJsonObject(json)])
const comment = (text: string): Comment => ({ type: 'comment', text })
const pair = (key: string, value: TreeNode): Pair => ({ type: 'pair', key, value })
const map = (...items: (Pair | Comment)[]): TreeMap => ({ type: 'map', items })
const list = (...items: TreeNode[]): TreeList => ({ type: 'list', items })
const int = { type: 'int', value: 1n } as const

/** Each as sops 3.13.3 prints it. */
describe('formatYaml', () => {
  it.each([
    ['{}', '{}\n'],
    ['{"a":{},"b":[],"c":""}', 'a: {}\nb: []\nc: ""\n'],
    ['{"a":{"b":{"c":1}}}', 'a:\n    b:\n        c: 1\n'],
    [
      '{"a":[1,[2,[3]],{"b":1,"c":[4]}]}',
      'a:\n    - 1\n    - - 2\n      - - 3\n    - b: 1\n      c:\n        - 4\n',
    ],
    ['{"a":[{"b":{"c":1}}]}', 'a:\n    - b:\n        c: 1\n'],
    ['{"a":"x\\ny","b":["x\\ny"]}', 'a: |-\n    x\n    y\nb:\n    - |-\n      x\n      y\n'],
    ['{"a":"\\nx"}', 'a: |4-\n\n    x\n'],
    ['{"a":["\\nx"," x\\n"]}', 'a:\n    - |4-\n\n      x\n    - |4\n       x\n'],
    ['{"k\\nl":{"a":1,"b":[1]}}', '? |-\n    k\n    l\n:   a: 1\n    b:\n        - 1\n'],
    ['{"k\\nl":[1],"m\\nn":2}', '? |-\n    k\n    l\n:   - 1\n? |-\n    m\n    n\n: 2\n'],
    ['{"<<":{"a":"<<"}}', '!!merge <<:\n    a: !!merge <<\n'],
    ['{"a":"it\'s: x","":"y"}', 'a: \'it\'\'s: x\'\n"": "y"\n'],
  ])('writes %s', (json, yaml) => {
    expect(fromJson(json)).toBe(yaml)
  })

  it('parts documents', () => {
    expect(formatYaml([map(pair('a', int)), map(), map(pair('b', int))])).toBe('a: 1\n---\n{}\n---\nb: 1\n')
  })

  it('writes comments above the next item and below the last', () => {
    const tree = map(
      comment(' a'),
      pair('k', map(comment(' b'), pair('x', int), comment(' c'), pair('w', int), comment(' d'))),
      pair('l', list(comment(' e'), int, comment(' f'), map(pair('z', int)), int, comment(' g'))),
      comment(' h'),
    )
    expect(formatYaml([tree])).toBe(
      [
        '# a\nk:\n    # b\n    x: 1\n    # c\n    w: 1\n    # d\nl:\n    # e\n    - 1\n    # f\n    - z: 1',
        '    - 1\n    # g\n# h\n',
      ].join('\n'),
    )
  })

  it('writes an inline comment behind its value, in the header of a block', () => {
    const inline: Comment = { type: 'comment', text: ' c', inline: true }
    const text = { type: 'str', text: 'x\n' } as const
    expect(
      formatYaml([map(inline, pair('a', int), inline, pair('b', text), pair('l', list(inline, text)))]),
    ).toBe('a: 1 # c\nb: | # c\n    x\nl:\n    - | # c\n      x\n')
  })

  it('keeps comments of an empty document', () => {
    expect(formatYaml([map(comment(' a'))])).toBe('# a\n{}\n')
  })

  it('writes a comment of several lines, each with its mark', () => {
    expect(formatYaml([map(pair('a', map(comment(' b\nc\n#d'), pair('x', int))))])).toBe(
      'a:\n    # b\n    # c\n    #d\n    x: 1\n',
    )
  })
})

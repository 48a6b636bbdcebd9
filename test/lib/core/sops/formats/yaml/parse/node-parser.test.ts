import { describe, expect, it } from 'vitest'
import { parseDocuments } from '../../../../../../../lib/core/sops/formats/yaml/parse/parse-documents.ts'

const parse = (text: string) => parseDocuments(text)[0]?.root

describe('a node', () => {
  it.each([
    ['a', { type: 'scalar', value: 'a', tag: '', isPlain: true }],
    ['"a"', { type: 'scalar', value: 'a', isPlain: false }],
    ['!!str a', { tag: '!!str' }],
    ['!<tag:yaml.org,2002:int> 1', { tag: '!!int' }],
    ['!a b', { tag: '!a' }],
    ['! a', { tag: '' }],
    ['&x !!str a', { value: 'a', tag: '!!str' }],
    ['!!str &x a', { value: 'a', tag: '!!str' }],
    ['!!str', { value: '', tag: '!!str' }],
  ])('has the properties in %j', (text, node) => {
    expect(parse(text)).toMatchObject(node)
  })

  it('may be an alias of a node before', () => {
    expect(parse('- &a b\n- *a # c')).toMatchObject({
      items: [{ value: 'b' }, { type: 'alias', target: { value: 'b' }, comments: { line: '# c' } }],
    })
  })

  it.each(['*a', '!e!x a', ',', ']', '&a &b c', '!a !b c', '? *x'])('is refused in %j', (text) => {
    expect(() => parseDocuments(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})

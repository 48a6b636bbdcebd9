import { describe, expect, it } from 'vitest'
import { parseDocuments } from '../../../../../../../lib/core/sops/formats/yaml/parse/parse-documents.ts'

const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('parseDocuments', () => {
  it.each([
    ['', 0],
    ['# a\n', 0],
    ['a', 1],
    ['---\n', 1],
    ['a\n---\nb', 2],
    ['a\n...\n...\n---\nb\n...\n', 2],
    ['--- a\n--- b\n---\n', 3],
  ])('counts the documents of %j', (text, count) => {
    expect(parseDocuments(text)).toHaveLength(count)
  })

  it('gives a document what stands above its first empty line, and at its end', () => {
    expect(parseDocuments('# d\n\n# h\na: 1\n\n# f\n')).toMatchObject([
      { head: '# d', foot: '# f', root: { pairs: [{ key: { comments: { head: '# h' } } }] } },
    ])
    expect(parseDocuments('# d\n\na: 1\n')).toMatchObject([{ head: '# d', foot: '' }])
  })

  it('knows anchors of earlier documents, and tag prefixes of its own only', () => {
    expect(parseDocuments('&x a\n---\n*x')).toMatchObject([
      {},
      { root: { type: 'alias', target: { value: 'a' } } },
    ])
    expect(parseDocuments('%TAG !e! tag:yaml.org,2002:\n---\n!e!int 1')).toMatchObject([
      { root: { tag: '!!int' } },
    ])
    expect(() => parseDocuments('%TAG !e! x:\n---\n!e!y a\n---\n!e!y a')).toThrow(unreadable)
  })

  it.each([
    '...\n',
    'a\n...\nb',
    '%YAML 1.2\n---\n',
    '%YAML 1.1\n%YAML 1.1\n---\n',
    '%TAG ! x\n%TAG ! y\n---\n',
    '%YAML 1.1\na',
  ])('refuses %j', (text) => {
    expect(() => parseDocuments(text)).toThrow(unreadable)
  })
})

import { describe, expect, it } from 'vitest'
import { isIgnored, parseIgnorePatterns } from '../../../../../lib/core/source/flux/ignore-patterns.ts'

const judge = (text: string, path: string, isDirectory = false) =>
  isIgnored(parseIgnorePatterns(text), path, isDirectory)

describe('isIgnored', () => {
  it.each([
    ['*.zip', 'a/b.zip', true],
    ['*.zip', 'a/b.zip.txt', false],
    ['docs', 'a/docs/b', true],
    ['docs/', 'docs/b', true],
    ['docs/', 'docs', false],
    ['/docs', 'docs/b', true],
    ['/docs', 'a/docs/b', false],
    ['a/*.yaml', 'a/b.yaml', true],
    ['a/*.yaml', 'a/b/c.yaml', false],
    ['**/.sops.yaml', '.sops.yaml', true],
    ['**/.sops.yaml', 'a/b/.sops.yaml', true],
    ['a/**', 'a/b/c', true],
    ['a/**/d', 'a/b/c/d', true],
    ['a/**/d', 'a/d', true],
    ['a**', 'ab', false],
    ['[ab].txt', 'b.txt', true],
    ['[^ab].txt', 'b.txt', false],
    ['a?c', 'abc', true],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['# a', '# a', false],
    ['a  ', 'a', true],
    ['[', '[', false],
    ['', 'a', false],
    ['!a', 'a', false],
    ['/*\n!/deploy', 'src/x', true],
    ['/*\n!/deploy', 'deploy/x', false],
    ['*.yaml\n!keep.yaml', 'keep.yaml', false],
    ['!keep.yaml\n*.yaml', 'keep.yaml', true],
  ])('by %j leaves %s out: %s', (text, path, expected) => {
    expect(judge(text, path)).toBe(expected)
  })

  it('tells directories apart', () => {
    expect(judge('docs/', 'docs', true)).toBe(true)
    expect(judge('a/docs/', 'a/docs', true)).toBe(true)
    expect(judge('a/docs/', 'a/docs')).toBe(false)
  })

  it('stays within the directory of the file', () => {
    const patterns = parseIgnorePatterns('*.txt\n/b', 'a')
    expect(
      ['a/x.txt', 'a/b', 'x.txt', 'b', 'ab/x.txt'].map((path) => isIgnored(patterns, path, false)),
    ).toEqual([true, true, false, false, false])
  })

  it.each([' ', '[', '\\['])('takes no time for a line of a million %j', (piece) => {
    expect(parseIgnorePatterns(`a${piece.repeat(1_000_000)}b\nc`)).toHaveLength(1)
  })

  it('is done in linear time with any pattern', () => {
    expect(judge(`${'*a'.repeat(200)}b`, `${'a'.repeat(5_000)}`)).toBe(false)
  })
})

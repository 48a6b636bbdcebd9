import { describe, expect, it } from 'vitest'
import { createGlob, createNamePattern } from '../../../../lib/core/source/glob.ts'

describe('createGlob', () => {
  it.each([
    ['*', 'https://git.test/a/b', true],
    ['https://git.test/*', 'https://git.test/a', true],
    ['https://git.test/*', 'https://git.test/a/b', false],
    ['https://git.test/**', 'https://git.test/a/b', true],
    ['https://git.test/o/r?', 'https://git.test/o/r1', true],
    ['https://git.test/o/r?', 'https://git.test/o/r/', false],
    ['https://git.test/{a,b}/*', 'https://git.test/b/x', true],
    ['https://git.test/{a,b}/*', 'https://git.test/c/x', false],
    ['team-[ab]', 'team-a', true],
    ['team-[!ab]', 'team-a', false],
    ['a.b', 'axb', false],
    ['a,b', 'a,b', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['(a+)+$', 'aaaa', false],
  ])('of %j and %j it is %s that they match', (pattern, text, expected) => {
    expect(createGlob(pattern)?.(text)).toBe(expected)
  })

  it.each(['{a', 'a}', '[z-a]'])('is none in %j', (pattern) => {
    expect(createGlob(pattern)).toBeNull()
  })
})

describe('createNamePattern', () => {
  it.each([
    ['team-*', 'team-a', true],
    ['/^team-[a-c]$/', 'team-b', true],
    ['/^team-[a-c]$/', 'team-d', false],
    ['/eam/', 'team', true],
  ])('of %j and %j it is %s that they match', (pattern, name, expected) => {
    expect(createNamePattern(pattern)?.(name)).toBe(expected)
  })
})

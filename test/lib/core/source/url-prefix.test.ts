import { describe, expect, it } from 'vitest'
import { isWithinUrlPrefix } from '../../../../lib/core/source/url-prefix.ts'

describe('isWithinUrlPrefix', () => {
  it.each([
    ['https://git.test/org/repo', 'https://git.test/org', true],
    ['https://git.test/org/repo', 'https://git.test/org/', true],
    ['https://git.test/org', 'https://git.test/org', true],
    ['https://git.test/org/repo.git/info/refs?service=git-upload-pack', 'https://git.test', true],
    ['https://GIT.test:443/org/x', 'https://git.test/org', true],
    ['https://git.test/org/a/../b', 'https://git.test/org', true],
    ['https://git.test/org-evil/x', 'https://git.test/org', false],
    ['https://git.test/Org/x', 'https://git.test/org', false],
    ['https://git.test/org/../evil/x', 'https://git.test/org', false],
    ['https://git.test/org/%2e%2e/evil/x', 'https://git.test/org', false],
    ['https://git.test/org/..%2fevil', 'https://git.test/org', false],
    ['https://git.test/org/..%5Cevil', 'https://git.test/org', false],
    ['https://git.test.evil.test/org/x', 'https://git.test/org', false],
    ['https://git.test@evil.test/org/x', 'https://git.test/org', false],
    ['https://git.test:8443/org/x', 'https://git.test/org', false],
    ['http://git.test/org/x', 'https://git.test/org', false],
    ['https://git.test/org/x', '', false],
    ['https://git.test/org/x', 'git.test/org', false],
    ['file:///org/x', 'file:///org', false],
    ['no url', 'https://git.test', false],
  ])('%s below %s: %s', (url, prefix, expected) => {
    expect(isWithinUrlPrefix(url, prefix)).toBe(expected)
  })
})

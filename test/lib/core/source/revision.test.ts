import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRevision, isCommit, parseRevision } from '../../../../lib/core/source/revision.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const sha256 = `${commit}${commit.slice(0, 24)}`

describe('parseRevision', () => {
  it.each([
    ['a branch', `main@sha1:${commit}`, { ref: 'main', commit }],
    ['a branch with slashes', `feature/x@sha1:${commit}`, { ref: 'feature/x', commit }],
    ['a tag', `v1.2.3@sha1:${commit}`, { ref: 'v1.2.3', commit }],
    ['a full name', `refs/heads/main@sha1:${commit}`, { ref: 'refs/heads/main', commit }],
    ['a name with an @', `release@2@sha1:${commit}`, { ref: 'release@2', commit }],
    ['a bare digest', `sha1:${commit}`, { ref: '', commit }],
    ['a SHA-256 repository', `main@sha256:${sha256}`, { ref: 'main', commit: sha256 }],
    ['Flux before 0.35', `main/${commit}`, { ref: 'main', commit }],
    ['Flux before 0.35 with slashes', `feature/x/${commit}`, { ref: 'feature/x', commit }],
    ['a detached HEAD of Flux before 0.35', `HEAD/${commit}`, { ref: 'HEAD', commit }],
    ['a bare commit of Argo CD', commit, { ref: '', commit }],
  ])('reads %s', (_, text, expected) => {
    expect(parseRevision(text)).toEqual(expected)
  })

  it.each([
    ['nothing', ''],
    ['a branch alone', 'main'],
    ['an unknown algorithm', `main@md5:${commit}`],
    ['a digest of the wrong length', `main@sha1:${sha256}`],
    ['upper case', `main@sha1:${commit.toUpperCase()}`],
    ['an abbreviated commit', `main@sha1:${commit.slice(0, 7)}`],
    ['an empty ref', `@sha1:${commit}`],
    ['an empty ref before a slash', `/${commit}`],
    ['text behind the commit', `main@sha1:${commit}:x`],
    ['a line break behind the commit', `main@sha1:${commit}\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parseRevision(text)).toThrow(expect.objectContaining({ code: 'SourceInvalid' }))
  })

  it('reads back whatever formatRevision writes', () => {
    const commits = fc.constantFrom(commit, sha256)
    fc.assert(
      fc.property(fc.string(), commits, (ref, written) => {
        expect(parseRevision(formatRevision({ ref, commit: written }))).toEqual({ ref, commit: written })
      }),
    )
  })
})

describe('isCommit', () => {
  it.each([
    [commit, true],
    [sha256, true],
    [commit.slice(1), false],
    [commit.toUpperCase(), false],
    [`${commit}\n`, false],
  ])('%j: %s', (text, expected) => {
    expect(isCommit(text)).toBe(expected)
  })
})

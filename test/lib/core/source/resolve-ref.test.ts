import { describe, expect, it } from 'vitest'
import { formatRef, readAbbreviation, resolveRef } from '../../../../lib/core/source/resolve-ref.ts'
import type { Ref, RefListing } from '../../../../lib/core/source/source.ts'

const oid = (digit: string) => digit.repeat(40)

const listing: RefListing = {
  head: 'refs/heads/main',
  refs: new Map([
    ['refs/heads/feature/x', oid('2')],
    ['refs/heads/main', oid('1')],
    ['refs/heads/v1.0.0', oid('9')],
    ['refs/pull/1/head', oid('f')],
    ['refs/merge-requests/1/head', oid('f')],
    ['refs/tags/1.0.0', oid('3')],
    ['refs/tags/latest', oid('8')],
    ['refs/tags/v1.0.0', oid('4')],
    ['refs/tags/v1.2', oid('5')],
    ['refs/tags/v1.1.0', oid('6')],
    ['refs/tags/v2.0.0-rc.1', oid('7')],
  ]),
}

const found: [string, Ref, string, string][] = [
  ['a branch', { branch: 'main' }, 'main', '1'],
  ['a branch with a slash', { branch: 'feature/x' }, 'feature/x', '2'],
  ['a tag', { tag: 'v1.0.0' }, 'v1.0.0', '4'],
  ['the default branch', { head: true }, 'HEAD', '1'],
  ['the full name of a branch', { name: 'refs/heads/main' }, 'refs/heads/main', '1'],
  ['the full name of a peeled tag', { name: 'refs/tags/v1.0.0^{}' }, 'refs/tags/v1.0.0', '4'],
  ['HEAD by name', { name: 'HEAD' }, 'HEAD', '1'],
  ['a short name, branch before tag', { name: 'v1.0.0' }, 'v1.0.0', '9'],
  ['the short name of a tag', { name: 'latest' }, 'latest', '8'],
  ['a commit, listed or not', { commit: oid('e') }, '', 'e'],
  ['the highest tag of three numbers', { semver: '>=1' }, 'v1.1.0', '6'],
  ['the highest tag, shortened ones too', { semver: '>=1', lenient: true }, 'v1.2', '5'],
  ['a pre-release where the range names one', { semver: '>=2-0' }, 'v2.0.0-rc.1', '7'],
  ['the first of equal versions in byte order', { semver: '1.0.0' }, '1.0.0', '3'],
]

const refused: [string, Ref, string][] = [
  ['a branch', { branch: 'gone' }, 'GitRefNotFound'],
  ['a full name as a branch', { branch: 'refs/heads/main' }, 'GitRefNotFound'],
  ['a way out of the branches', { branch: '../pull/1/head' }, 'GitRefNotFound'],
  ['a tag', { tag: 'main' }, 'GitRefNotFound'],
  ['a full name', { name: 'refs/heads/gone' }, 'GitRefNotFound'],
  ['a short name', { name: 'gone' }, 'GitRefNotFound'],
  ['a short name of a pull request', { name: 'pull/1/head' }, 'GitRefNotFound'],
  ['an abbreviated commit', { name: 'eeeeeee' }, 'GitRefNotFound'],
  ['a commit that is still abbreviated', { abbreviation: 'eeeeeee' }, 'GitRefNotFound'],
  ['a too short one', { name: '111111' }, 'GitRefNotFound'],
  ['a range without a match', { semver: '>=3' }, 'GitRefNotFound'],
  ['a text that is no range', { semver: 'newest' }, 'SourceInvalid'],
  ['a pull request', { name: 'refs/pull/1/head' }, 'GitRefForbidden'],
  ['a merge request', { name: 'refs/merge-requests/1/head' }, 'GitRefForbidden'],
  ['any other ref', { name: 'refs/changes/01/1/1' }, 'GitRefForbidden'],
]

describe('resolveRef', () => {
  it.each(found)('finds %s', (_, ref, label, digit) => {
    expect(resolveRef(ref, listing)).toEqual({ ref: label, commit: oid(digit) })
  })

  it.each(refused)('refuses %s that is not there or not followed', (_, ref, code) => {
    expect(() => resolveRef(ref, listing)).toThrow(expect.objectContaining({ code }))
  })

  it('picks the highest version among the tags with a prefix', () => {
    const tags = ['web/1.1.0', 'web/1.2', 'api/1.9.0', '1.8.0', 'web/latest']
    const refs = new Map(tags.map((tag, n) => [`refs/tags/${tag}`, oid(String(n))]))
    const ref = { semver: '1.*', lenient: true, tagPrefix: 'web/' } as const
    expect(resolveRef(ref, { head: null, refs })).toEqual({ ref: 'web/1.2', commit: oid('1') })
  })

  it('finds the default branch of a server that lists HEAD and does not say what it points at', () => {
    const refs = new Map([['HEAD', oid('c')]])
    expect(resolveRef({ head: true }, { head: null, refs })).toEqual({ ref: 'HEAD', commit: oid('c') })
  })

  it('finds no default branch in an empty repository', () => {
    const empty: RefListing = { head: 'refs/heads/main', refs: new Map() }
    expect(() => resolveRef({ head: true }, empty)).toThrow(
      expect.objectContaining({ code: 'GitRefNotFound' }),
    )
  })
})

describe('readAbbreviation', () => {
  const refs = new Map([
    ['refs/heads/abcdef01', oid('1')],
    ['refs/tags/abcdef02', oid('2')],
    ['refs/pull/abcdef03/head', oid('3')],
  ])

  it.each([
    ['1234567', '1234567'],
    ['ABCDEF0', 'abcdef0'],
    ['a'.repeat(39), 'a'.repeat(39)],
    ['123456', null],
    ['a'.repeat(40), null],
    ['abcdefg', null],
    ['abcdef01', null],
    ['abcdef02', null],
    ['refs/heads/abcdef0', null],
  ])('takes %j for %j', (name, abbreviation) => {
    expect(readAbbreviation({ name }, { head: null, refs })).toBe(abbreviation)
  })

  it('takes what can be nothing else for one, whatever names there are', () => {
    expect(readAbbreviation({ abbreviation: 'abcdef01' }, { head: null, refs })).toBe('abcdef01')
  })

  it('takes nothing else for one', () => {
    expect(readAbbreviation({ branch: '1234567' }, { head: null, refs })).toBeNull()
    expect(readAbbreviation({ tag: '1234567' }, { head: null, refs })).toBeNull()
  })
})

describe('formatRef', () => {
  const refs: [Ref, string][] = [
    [{ branch: 'main' }, 'branch:main'],
    [{ tag: 'main' }, 'tag:main'],
    [{ name: 'refs/heads/main' }, 'name:refs/heads/main'],
    [{ semver: '^1' }, 'semver:^1'],
    [{ semver: '^1', lenient: true }, 'lenient-semver:^1'],
    [{ commit: oid('1') }, `commit:${oid('1')}`],
    [{ head: true }, 'head'],
  ]

  it.each(refs)('tells %j from every other ref', (ref, expected) => {
    expect(formatRef(ref)).toBe(expected)
  })
})

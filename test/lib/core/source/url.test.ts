import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findRepositoryKey,
  formatRepositoryKey,
  parseRepositoryUrl,
} from '../../../../lib/core/source/url.ts'

describe('findRepositoryKey', () => {
  it.each([
    'https://github.com/Org/Repo',
    'https://github.com/Org/Repo.git',
    'https://github.com/Org/Repo/',
    'https://github.com/Org/Repo.git/',
    'https://github.com//Org//Repo',
    'https://GitHub.com:443/Org/Repo',
    'http://github.com:80/Org/Repo',
    'https://user:token@github.com/Org/Repo?a=b#c',
    'ssh://git@github.com/Org/Repo.git',
    'ssh://git@github.com:22/Org/Repo.git',
    'git@github.com:Org/Repo.git',
    'git@github.com:/Org/Repo.git',
    'github.com:Org/Repo',
    ' git@github.com:Org/Repo.git\n',
  ])('folds %j', (text) => {
    expect(findRepositoryKey(text)).toBe('github.com/Org/Repo')
  })

  it.each([
    ['another port', 'https://git.test:8443/o/r', 'git.test:8443/o/r'],
    ['another case of the path', 'https://git.test/O/r', 'git.test/O/r'],
    ['one of two .git only', 'https://git.test/o/r.git.git', 'git.test/o/r.git'],
    ['a path in scp form that begins with a number', 'git@git.test:22/o/r', 'git.test/22/o/r'],
    ['an IPv6 address', 'http://[::1]:3000/o/r', '[::1]:3000/o/r'],
    ['an IPv6 address in scp form', 'git@[::1]:o/r', '[::1]/o/r'],
    ['nested groups', 'https://gitlab.test/a/b/c/d.git', 'gitlab.test/a/b/c/d'],
  ])('keeps %s', (_, text, expected) => {
    expect(findRepositoryKey(text)).toBe(expected)
  })

  it.each(['', 'main', '/srv/git/r.git', 'file:///srv/git/r', 'https://git.test/', 'oci://git.test/o/r'])(
    'finds none in %j',
    (text) => {
      expect(findRepositoryKey(text)).toBeNull()
    },
  )

  it('never fails, whatever a payload says', () => {
    const pieces = [
      'https://',
      'ssh://',
      'git@',
      'git.test',
      ':',
      '/',
      '[',
      ']',
      '%',
      '.git',
      '@',
      ' ',
      '\0',
      'ü',
      '?',
      '#',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 9 }), (parts) => {
        expect(() => findRepositoryKey(parts.join(''))).not.toThrow()
      }),
    )
  })

  it('gives one key for the forms of any URL', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
    const host = fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,4}$/)
    fc.assert(
      fc.property(host, segment, segment, (name, owner, repository) => {
        const path = `${owner}/${repository}`
        const forms = [
          `https://${name}/${path}`,
          `https://${name.toUpperCase()}/${path}.git`,
          `git@${name}:${path}.git`,
          `ssh://git@${name}/${path}`,
        ]
        expect(new Set(forms.map(findRepositoryKey))).toEqual(new Set([`${name}/${path}`]))
      }),
    )
  })
})

describe('formatRepositoryKey', () => {
  it('gives the key of a URL', () => {
    expect(formatRepositoryKey('https://git.test/o/r.git')).toBe('git.test/o/r')
  })

  it('refuses what names no repository', () => {
    expect(() => formatRepositoryKey('https://git.test/')).toThrow(
      expect.objectContaining({ code: 'SourceInvalid' }),
    )
  })
})

describe('parseRepositoryUrl', () => {
  it.each([
    ['as it is', 'https://git.test/O/r.git', 'https://git.test/O/r.git'],
    ['over http', 'http://git.test:3000/o/r', 'http://git.test:3000/o/r'],
    ['without a user name', 'https://git@git.test/o/r', 'https://git.test/o/r'],
    ['over ssh', 'ssh://deploy@Git.test:2222/o/r.git', 'ssh://deploy@git.test:2222/o/r.git'],
    ['over ssh, whose user is git unless told', 'ssh://git.test/o/r', 'ssh://git@git.test/o/r'],
    ['in scp form', 'git@git.test:o/r.git', 'ssh://git@git.test/o/r.git'],
  ])('takes a URL %s', (_, text, expected) => {
    expect(parseRepositoryUrl(text, 'spec.url')).toBe(expected)
  })

  it.each([
    ['a password of ssh', 'ssh://git:canary-81c@git.test/o/r', 'SourceUnsupported'],
    ['a file', 'file:///etc/passwd', 'SourceUnsupported'],
    ['a password', 'https://u:canary-81c@git.test/o/r', 'SourceUnsupported'],
    ['a query', 'https://git.test/o/r?canary-81c', 'SourceInvalid'],
    ['a fragment', 'https://git.test/o/r#main', 'SourceInvalid'],
    ['no path', 'https://git.test', 'SourceInvalid'],
    ['no URL', 'o/r', 'SourceInvalid'],
  ])('refuses %s and quotes nothing of it', (_, text, code) => {
    const error = expect.objectContaining({
      code,
      data: expect.objectContaining({ path: 'spec.url' }),
      message: expect.not.stringContaining('canary'),
    })
    expect(() => parseRepositoryUrl(text, 'spec.url')).toThrow(error)
  })
})

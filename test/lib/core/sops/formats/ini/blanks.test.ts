import { expect, it } from 'vitest'
import { trim, trimEnd, trimStart } from '../../../../../../lib/core/sops/formats/ini/blanks.ts'

it('takes linear time for many blanks', () => {
  const blanks = ' '.repeat(1_000_000)
  expect(trim(`a${blanks}b${blanks}`)).toBe(`a${blanks}b`)
})

it('trims what Go takes for blank, which is not what JavaScript does', () => {
  const blanks = '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000'
  expect(trim(`${blanks}a b${blanks}`)).toBe('a b')
  expect(trim('\ufeffa\u200b')).toBe('\ufeffa\u200b')
  expect([trimStart(' a '), trimEnd(' a ')]).toEqual(['a ', ' a'])
})

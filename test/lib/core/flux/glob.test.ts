import { expect, it } from 'vitest'
import { matchStart, parseGlob } from '../../../../lib/core/flux/glob.ts'

const match = (pattern: string, text: string) => {
  const glob = parseGlob([...pattern])
  if (glob === null) return 'malformed'
  return [matchStart(glob, [...text], 'shortest'), matchStart(glob, [...text], 'longest')]
}

it.each([
  ['a', 'abc', [1, 1]],
  ['b', 'abc', [null, null]],
  ['', 'abc', [null, null]],
  ['*', 'abc', [1, 3]],
  ['*', '', [null, null]],
  ['*b', 'abab', [2, 4]],
  ['a*b', 'axbxb', [3, 5]],
  ['a*', 'abc', [1, 3]],
  ['?b', 'abc', [2, 2]],
  ['[a-b]', 'abc', [1, 1]],
  ['[^a]', 'abc', [null, null]],
  ['[*]', '*a', [1, 1]],
  ['\\*', '*a', [1, 1]],
  ['*/*', 'a/b/c', [2, 5]],
])('takes %j from %j', (pattern, text, lengths) => {
  expect(match(pattern, text)).toEqual(lengths)
})

it.each(['[', '[a', '[]a]', '[a-', '[-a]', '\\', '[\\'])('calls %j malformed', (pattern) => {
  expect(match(pattern, 'abc')).toBe('malformed')
})

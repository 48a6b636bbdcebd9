import { describe, expect, it } from 'vitest'
import { splitCommand } from '../../../cli/keys/split-command.ts'

describe('splitCommand', () => {
  it.each([
    ['', []],
    ['  op read  x ', ['op', 'read', 'x']],
    [`op 'a b' "c \\"d\\" \\$e" f\\ g`, ['op', 'a b', 'c "d" \\$e', 'f g']],
    [`a"b"'c'd ''`, ['abcd', '']],
    ['op read # not this', ['op', 'read']],
    ['a#b $HOME *', ['a#b', '$HOME', '*']],
  ])('splits %j', (line, words) => {
    expect(splitCommand(line)).toEqual(words)
  })

  it.each([`a 'b`, 'a "b', 'a\\'])('refuses %j', (line) => {
    expect(() => splitCommand(line)).toThrow(expect.objectContaining({ code: 'SopsKeyInvalid' }))
  })
})

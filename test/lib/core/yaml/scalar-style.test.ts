import { describe, expect, it } from 'vitest'
import { chooseScalarStyle } from '../../../../lib/core/yaml/scalar-style.ts'

describe('chooseScalarStyle', () => {
  it.each([
    ['plain', ['a', 'a b', 'a:b', 'a#b', '-a', '?a', ':a', '=', 'é', 'x\u00a0y', '2024-13-01', '.a', 'a,b']],
    [
      'double',
      ['', 'null', '~', 'true', '1', '0x1', '1_0', '2024-01-01', 'yes', 'N', '12:30', '.5_0', '.inf'],
    ],
    ['double', ['a\tb', 'a\rb', '\u0085', '\u0000', '🎉', '\ufeff', '\uffff', 'a \nb', 'a\n ', 'a \u2028b']],
    [
      'single',
      [' a', 'a ', '#a', 'a #b', 'a: b', 'a:', '- a', '-', '? a', '{', '[a', "'a", '"', '%a', '@', '`'],
    ],
    ['single', ['---a', '...', '!a', '&a', '*a', '|', '>', ',a', 'a\u2028b', '\u2029']],
    ['literal', ['a\nb', 'a\n', '\n', ' a\nb', 'a\n b', 'a\tb\n', '\ta\n', 'a\n\u2028b']],
  ] as const)('is %s for %j', (style, texts) => {
    expect(texts.map((text) => chooseScalarStyle(text))).toEqual(texts.map(() => style))
  })
})

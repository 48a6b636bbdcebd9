import { describe, expect, it } from 'vitest'
import { flattenYaml } from '../../../../lib/core/raw/flatten-yaml.ts'

const flatten = (text: string) => Object.fromEntries(flattenYaml(text, 'a.yaml'))

describe('flattenYaml', () => {
  it.each([
    ['nothing', '', {}],
    ['a comment', '# a\n', {}],
    ['null', 'null', {}],
    ['nested maps', 'a:\n  b:\n    c: d', { 'a.b.c': 'd' }],
    ['lists', 'a: [x, [y], {z: 1}]', { 'a[0]': 'x', 'a[1][0]': 'y', 'a[2].z': '1' }],
    ['empty maps and lists', 'a: {}\nb: []\nc: x', { c: 'x' }],
    ['nulls', 'a: null\nb: ~\nc:\nd: "null"', { a: '', b: '', c: '', d: 'null' }],
    ['booleans', 'a: true\nb: False\nc: yes', { a: 'true', b: 'false', c: 'yes' }],
    [
      'numbers as they are written',
      'a: 1.10\nb: 007\nc: 0x1F\nd: 1e3\ne: 12345678901234567890',
      {
        a: '1.10',
        b: '007',
        c: '0x1F',
        d: '1e3',
        e: '12345678901234567890',
      },
    ],
    ['text over lines', 'a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
    ['times as text', 'a: 2026-01-31', { a: '2026-01-31' }],
    ['numbers as keys', '1: a\n1.50: b', { 1: 'a', '1.50': 'b' }],
    ['aliases', 'a: &x {b: c}\nd: *x', { 'a.b': 'c', 'd.b': 'c' }],
    [
      'keys with the names of built-ins',
      'constructor: a\nx: {toString: b}',
      { constructor: 'a', 'x.toString': 'b' },
    ],
  ])('reads %s', (_, text, expected) => {
    expect(flatten(text)).toEqual(expected)
  })

  it('takes __proto__ as plain data', () => {
    expect([...flattenYaml('__proto__: {a: b}', 'a.yaml')]).toEqual([['__proto__.a', 'b']])
  })

  it.each([
    ['a list', '- canary-1f2'],
    ['a text', 'canary-1f2'],
    ['two documents', 'a: b\n---\nc: canary-1f2'],
    ['a key twice', 'a: b\na: canary-1f2'],
    ['a key twice with maps below', 'a: {b: c}\na: {d: canary-1f2}'],
    ['one path twice', 'a.b: c\na:\n  b: canary-1f2'],
    ['bad syntax', 'a: "canary-1f2'],
    ['tabs', 'a:\n\tcanary-1f2: b'],
    ['a tag that says something else', 'a: !canary-1f2 b'],
    ['a map as a key', '{a: b}: canary-1f2'],
    ['no key', '~: canary-1f2'],
    ['an alias to nothing', 'a: *canary-1f2'],
    ['an alias to itself', 'a: &x [*x]'],
    ['aliases that multiply', `a0: &a0 x\n${Array.from({ length: 9 }, (_, i) => multiply(i)).join('\n')}`],
    ['more depth than any file needs', `a: ${'['.repeat(100)}${']'.repeat(100)}`],
    ['more depth than a walk stands', `a: ${'['.repeat(1_500)}${']'.repeat(1_500)}`],
    ['more depth than a parser stands', `a: ${'['.repeat(5_000)}`],
    ['more text than any file needs', `a: ${'x'.repeat(512 * 1_024)}`],
  ])('refuses %s and quotes nothing of it', (_, text) => {
    expect(() => flatten(text)).toThrow(
      expect.objectContaining({
        code: 'RawFileInvalid',
        data: expect.objectContaining({ file: 'a.yaml' }),
        message: expect.not.stringContaining('canary'),
      }),
    )
  })
})

function multiply(level: number): string {
  const aliases = Array.from({ length: 10 }, () => `*a${level}`)
  return `a${level + 1}: &a${level + 1} [${aliases.join(', ')}]`
}

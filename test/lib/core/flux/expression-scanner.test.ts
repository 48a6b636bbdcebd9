// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { expect, it } from 'vitest'
import {
  createExpressionScanner,
  peekCharacter,
  type ScanMode,
  scanExpression,
} from '../../../../lib/core/flux/expression-scanner.ts'

const all = () => true
const scanAll = (text: string, mode: ScanMode) => {
  const scanner = createExpressionScanner(text)
  const tokens: unknown[] = []
  for (;;) {
    const token = scanExpression(scanner, mode)
    tokens.push(token.kind === 'text' ? token.text : token.kind)
    if (token.kind === 'end' || token.kind === 'illegal') return tokens
  }
}

it.each([
  ['a${b', { accept: all, opens: true }, ['a', 'open', 'b', 'end']],
  ['a${b', { accept: all }, ['a${b', 'end']],
  ['$$a$', { accept: all, escapes: 'dollar' }, ['$a$', 'end']],
  ['\\/\\\\\\a', { accept: all, escapes: 'all' }, ['/\\\\a', 'end']],
  ['\\/', { accept: all, escapes: 'dollar' }, ['\\/', 'end']],
  ['}}', { closes: true }, ['close', 'close', 'end']],
  ['ab1', { accept: (character: string) => character !== '1' }, ['ab', 'illegal']],
  ['aaa', { accept: (_character: string, at: number) => at < 3 }, ['aa', 'a', 'end']],
  ['', {}, ['end']],
] as const)('scans %j', (text, mode, tokens) => {
  expect(scanAll(text, mode)).toEqual(tokens)
})

it('looks ahead without taking', () => {
  const scanner = createExpressionScanner('é𝄞')
  expect([peekCharacter(scanner), peekCharacter(scanner, 1), peekCharacter(scanner, 2)]).toEqual([
    'é',
    '𝄞',
    '',
  ])
})

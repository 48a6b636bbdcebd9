// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { expect, it } from 'vitest'
import { parseExpressions } from '../../../../lib/core/flux/parse-expression.ts'
import { codeOf } from '../../../fakes/errors.ts'

it('parses texts, operators and expressions within words', () => {
  expect(parseExpressions('a ${b:-c${d^^}} $${e}')).toEqual([
    'a ',
    { variable: 'b', operator: ':-', arguments: ['c', { variable: 'd', operator: '^^', arguments: [] }] },
    ' ${e}',
  ])
  expect(parseExpressions('${a/b/c}${#d}${e:1:2}')).toEqual([
    { variable: 'a', operator: '/', arguments: ['b', 'c'] },
    { variable: 'd', operator: '#', arguments: [] },
    { variable: 'e', operator: ':', arguments: ['1', '2'] },
  ])
})

it.each(['${', '${a', '${a:-', '${a b}', '${a/b}', '${a#}', '${}', '${a:é}', `${'${a:-'.repeat(100)}`])(
  'refuses %j',
  (text) => {
    expect(codeOf(() => parseExpressions(text))).toBe('SubstitutionFailed')
  },
)

it('takes thousands of expressions', () => {
  expect(parseExpressions('${a}'.repeat(20_000))).toHaveLength(20_000)
})

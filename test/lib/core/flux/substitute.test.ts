// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { substituteText, type Variables } from '../../../../lib/core/flux/substitute.ts'
import { catchError, codeOf } from '../../../fakes/errors.ts'

const fixture = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'flux', 'envsubst.json')
const { variables, cases } = JSON.parse(readFileSync(fixture, 'utf8'))

const create = (
  values: Readonly<Record<string, string>>,
  rest: { strict?: boolean; tainted?: string } = {},
): Variables => ({
  values: new Map(
    Object.entries(values).map(([name, value]) => [name, { value, tainted: name === rest.tainted }]),
  ),
  strict: rest.strict ?? false,
})

describe.each([
  ['leniently', false, 1],
  ['strictly', true, 2],
] as const)('%s', (_how, strict, column) => {
  it.each(cases as [string, string | null, string | null][])('agrees with Flux about %j', (...row) => {
    const substitute = () => substituteText(row[0], create(variables, { strict })).value
    const expected = row[column]
    if (expected === null) expect(codeOf(substitute)).toBe('SubstitutionFailed')
    else expect(substitute()).toBe(expected)
  })
})

it('leaves a text without dollars alone', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('$')),
      (text) => {
        expect(substituteText(text, create({})).value).toBe(text)
      },
    ),
  )
})

it('takes two dollars for one', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(substituteText(text.replaceAll('$', '$$$$'), create({})).value).toBe(text)
    }),
  )
})

it.each([
  ['${SECRET}', true],
  ['${none:-${SECRET}}', true],
  ['${#SECRET}', true],
  ['${PLAIN}', false],
  ['$${SECRET}', false],
])('knows whether %s is tainted', (text, tainted) => {
  const values = create({ SECRET: 'hunter2', PLAIN: 'x' }, { tainted: 'SECRET' })
  expect(substituteText(text, values).tainted).toBe(tainted)
})

it('ends where a variable is repeated too often', () => {
  const values = create({ A: 'x'.repeat(1_000_000) })
  expect(codeOf(() => substituteText('${A}'.repeat(100), values))).toBe('SubstitutionFailed')
  expect(codeOf(() => substituteText(`\${none:-${'${A}'.repeat(100)}}`, values))).toBe('SubstitutionFailed')
})

it('names the variable that is missing, never a value', () => {
  const error = catchError(() => substituteText('${A}${B}', create({ A: 'hunter2' }, { strict: true })))
  expect(error).toMatchObject({ code: 'SubstitutionFailed', data: { variable: 'B' } })
  expect(JSON.stringify(error)).not.toContain('hunter2')
})

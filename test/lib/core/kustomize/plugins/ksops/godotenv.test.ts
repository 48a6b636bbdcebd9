import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSyncError } from '../../../../../../lib/core/errors.ts'
import { parseGodotenv } from '../../../../../../lib/core/kustomize/plugins/ksops/godotenv.ts'
import { catchError } from '../../../../../fakes/errors.ts'

interface Vector {
  readonly text: string
  /** What the library makes of it; `null` where it fails. */
  readonly variables: Readonly<Record<string, string>> | null
}

const fixtures = join(import.meta.dirname, '..', '..', '..', '..', '..', 'fixtures', 'kustomize')
const vectors: Vector[] = JSON.parse(readFileSync(join(fixtures, 'godotenv.json'), 'utf8'))
const parse = (text: string) => Object.fromEntries(parseGodotenv(text, 'a.env'))

describe('what the library reads', () => {
  const hasEmptyKey = ({ variables }: Vector) => variables !== null && '' in variables

  it.each(vectors.filter((vector) => !hasEmptyKey(vector)))('agrees about $text', ({ text, variables }) => {
    if (variables === null) expect(catchError(() => parse(text))?.code).toBe('KustomizationInvalid')
    else expect(parse(text)).toEqual(variables)
  })

  it.each(vectors.filter(hasEmptyKey))('refuses $text, which has no key', ({ text }) => {
    expect(catchError(() => parse(text))?.data['reason']).toBe('KEY=VALUE expected')
  })
})

it.each(['A=$B', 'A="$B"', 'A=$(B)', 'A=$A'])('refuses the unknown variable of %s', (text) => {
  expect(catchError(() => parse(`X=1\n${text}`))).toEqual({
    code: 'KustomizationInvalid',
    data: { file: 'a.env', line: 2, reason: 'unknown variable' },
  })
})

it('names the line and nothing of it', () => {
  expect(catchError(() => parse('A=1\n\nB="canary\n'))?.data).toEqual({
    file: 'a.env',
    line: 3,
    reason: 'quote that is not closed',
  })
})

it('takes single-quoted text as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/['\r]|\\$/.test(text))
      expect(parse(`A='${text}' # c\nB=2`)).toEqual({ A: text, B: '2' })
    }),
  )
})

it('never throws anything but its error', () => {
  const part = fc.constantFrom('A', '=', "'", '"', '\\', '\n', ' ', '#', '$', '{A}', 'export ', ':', '\ud800')
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      try {
        parse(parts.join(''))
      } catch (error) {
        expect(isSyncError(error, 'KustomizationInvalid')).toBe(true)
      }
    }),
  )
})

it.each([
  ['blanks', `A=b${' '.repeat(500_000)}c`],
  ['lines of comment', '# c\n'.repeat(200_000)],
  ['quotes', `A="${'\\"'.repeat(200_000)}`],
  ['number signs', `A=${'#'.repeat(500_000)}`],
])('reads many %s in linear time', (_, text) => {
  const startedAt = performance.now()
  catchError(() => parse(text))
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProperties } from '../../../../lib/core/raw/properties.ts'
import { codeOf } from '../../../fakes/errors.ts'

interface Vector {
  readonly text: string
  /** In the order of keys; `null` where Java refuses the text. */
  readonly values: readonly (readonly [string, string])[] | null
}

const fixture = join(import.meta.dirname, '../../../fixtures/properties/vectors.json')
const vectors: readonly Vector[] = JSON.parse(readFileSync(fixture, 'utf8'))

function read(text: string): Vector['values'] {
  const values = [...parseProperties(text, 'application.properties')]
  return values.sort(([one], [other]) => (one < other ? -1 : 1))
}

describe('parseProperties', () => {
  it(`reads ${vectors.length} texts as Java does`, () => {
    expect(vectors.length).toBeGreaterThan(400)
    for (const { text, values } of vectors) {
      if (values === null)
        expect({ text, code: codeOf(() => read(text)) }).toEqual({ text, code: 'RawFileInvalid' })
      else expect({ text, values: read(text) }).toEqual({ text, values })
    }
  })

  it('names the line of a malformed escape and quotes nothing of it', () => {
    expect(() => read('a=1\\\n2\n# c\n\nb=\\uCANARY')).toThrow(
      expect.objectContaining({ data: { file: 'application.properties', line: 5 } }),
    )
  })

  it('refuses half a surrogate pair, which no store takes', () => {
    expect(codeOf(() => read('a=\\ud83d'))).toBe('RawFileInvalid')
  })

  it('reads back whatever is written with escapes', () => {
    const toEscapes = (text: string) =>
      [...Array(text.length).keys()]
        .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join('')
    const texts = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(texts, texts, (key, value) => {
        expect(read(`  ${toEscapes(key)}\t:  ${toEscapes(value)}\r\n`)).toEqual([[key, value]])
      }),
    )
  })
})

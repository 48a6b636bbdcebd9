import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readVariableFields } from '../../../../lib/core/flux/variable-object.ts'
import { catchError } from '../../../fakes/errors.ts'

const encode = (text: string) => Buffer.from(text).toString('base64')

describe('readVariableFields', () => {
  it('reads any text of a Secret back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (texts) => {
        const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, encode(text)]))
        expect(readVariableFields('Secret', { data })).toEqual(new Map(Object.entries(texts)))
      }),
    )
  })

  it('reads the text of a ConfigMap as it is, and nothing but data', () => {
    const fields = { data: { A: 'eA==', B: null }, stringData: { C: 'c' }, binaryData: { D: 'eA==' } }
    expect(readVariableFields('ConfigMap', fields)).toEqual(new Map([['A', 'eA==']]))
  })

  it('lets stringData go before data', () => {
    const fields = { data: { A: encode('a'), B: encode('b') }, stringData: { A: 'z' } }
    expect(Object.fromEntries(readVariableFields('Secret', fields))).toEqual({ A: 'z', B: 'b' })
  })

  it('is empty where the object is', () => {
    expect(readVariableFields('Secret', {})).toEqual(new Map())
  })

  it.each([
    ['ConfigMap', { data: { A: 8080 } }],
    ['Secret', { stringData: { A: true } }],
    ['Secret', { data: { A: 'hunter2!' } }],
    ['Secret', { data: { A: Buffer.of(0xff, 0xfe).toString('base64') } }],
  ] as const)('refuses what is no text in a %s: %j', (kind, fields) => {
    const error = catchError(() => readVariableFields(kind, fields))
    expect(error).toMatchObject({ code: 'SubstitutionFailed', data: { variable: 'A' } })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonPayload } from '../../../../lib/core/secrets/json-payload.ts'

const origin = { kind: 'Secret', name: 'db' } as const
const value = (key: string, bytes: Uint8Array | string) => ({
  key,
  bytes: Buffer.from(bytes),
  origin: { ...origin, key },
})
const format = (values: Readonly<Record<string, string>>) => {
  const listed = Object.entries(values).map(([key, text]) => value(key, text))
  return Buffer.from(createJsonPayload(listed, origin).value.reveal()).toString()
}

describe('createJsonPayload', () => {
  it('writes every value as text, with the keys in byte order', () => {
    expect(format({ b: '1', '10': '', '9': '"', a: 'é\n', '"': '{}' })).toBe(
      '{"\\"":"{}","10":"","9":"\\"","a":"é\\n","b":"1"}',
    )
  })

  it('is read back by any JSON parser and is equal for equal values, whatever their order', () => {
    const dictionary = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(dictionary, (values) => {
        const text = format(values)
        expect(JSON.parse(text)).toEqual({ ...values })
        expect(format(Object.fromEntries(Object.entries(values).reverse()))).toBe(text)
      }),
    )
  })

  it.each([
    ['SecretValueBinary', Uint8Array.of(0xff, 0xfe)],
    ['CiphertextLeftOver', 'ENC[AES256_GCM,data:x]'],
    ['CiphertextLeftOver', 'sops:\n  lastmodified: x\n'],
    ['CiphertextLeftOver', Buffer.from('ENC[AES256_GCM,data:x]').toString('base64')],
  ])('refuses with %s a value that cannot be published, and names its key', (code, bytes) => {
    const data = { from: 'Secret db: b' }
    expect(() => createJsonPayload([value('a', 'x'), value('b', bytes)], origin)).toThrow(
      expect.objectContaining({ code, data }),
    )
  })

  it('refuses what is too large together', () => {
    const values = [value('a', 'x'.repeat(40_000)), value('b', 'x'.repeat(40_000))]
    expect(() => createJsonPayload(values, origin)).toThrow(
      expect.objectContaining({
        code: 'SecretTooLarge',
        data: expect.objectContaining({ from: 'Secret db' }),
      }),
    )
  })
})

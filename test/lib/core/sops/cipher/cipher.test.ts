import { describe, expect, it } from 'vitest'
import { createValueCipher } from '../../../../../lib/core/sops/cipher/cipher.ts'
import { sealValue } from '../../../../fakes/seal-value.ts'

const key = Buffer.alloc(32, 0x66)
const additionalData = 'a:b:'

/** Made with sops' own cipher. */
const vectors = [
  [
    'ENC[AES256_GCM,data:Yo6l4QKtxceGFKgWCgThINhP+g==,iv:YSfM3DJJ3AwBft9j41aGjdGxeF9FFHtH1Qx+rEtBUTo=,tag:6iZ/WVkAgfW5tUtXI3s1wQ==,type:int]',
    { type: 'int', value: 1234567890123456789n },
  ],
  [
    'ENC[AES256_GCM,data:wL6v1udOf8bnrdc9SvrQRfocVaqK4w==,iv:NnjN05meGmyuMmXaoQ1E6+Ler48KbL7tH7kC6WJa540=,tag:G2W8vJIubahpHV6m31nLug==,type:float]',
    { type: 'float', value: 1e21 },
  ],
  [
    'ENC[AES256_GCM,data:3FMgSg==,iv:32EsPtosSHGfTfXH6+IAKeHrLvJLaUG9XaeKAWhTLOs=,tag:mcxQoCBOUx5yvHE64ZAcRg==,type:bool]',
    { type: 'bool', value: true },
  ],
  [
    'ENC[AES256_GCM,data:P0QDJLUg1uzWiN4WfhowLTRcBT114AigjOkH,iv:FxFJzPxH+lANP9MMjQSBt+mp0GJpRPfbmYoF4m6IxwM=,tag:aA4BY8rnmEnIxI01+/shBQ==,type:time]',
    { type: 'time', text: '2006-01-02T15:04:05.5+07:00' },
  ],
  [
    'ENC[AES256_GCM,data:X05bGEEgtZXKGA==,iv:hiNgydoXTwKMDm30oEz6xOlB6iTWeDSDB2GDnTQtwgo=,tag:Vp/ijJK0Xvmj3vwhTDQ1QA==,type:comment]',
    { type: 'comment', text: ' a comment' },
  ],
] as const

describe('a value cipher', () => {
  it.each(vectors)('decrypts %s', (text, value) => {
    expect(createValueCipher(key)(text, additionalData)).toEqual({ value })
  })

  it('gives the empty string for the empty text, whatever its place', () => {
    expect(createValueCipher(key)('', 'x:')).toEqual({ value: { type: 'str', text: '' } })
  })

  it.each(['str', 'bytes'])('keeps bytes of type %s that are no UTF-8', (type) => {
    const bytes = Uint8Array.of(0, 255, 254)
    const decrypted = createValueCipher(key)(sealValue(key, bytes, { additionalData, type }), additionalData)
    expect(decrypted).toEqual({ value: { type: 'bytes', bytes: Buffer.from(bytes) } })
  })

  it.each([
    ['int', '1.5'],
    ['int', '9223372036854775808'],
    ['int', Uint8Array.of(255)],
    ['float', 'x'],
    ['bool', 'yes'],
    ['time', '2026-01-02'],
    ['map', 'x'],
  ])('refuses a value of type %s that is %j', (type, plain) => {
    const sealed = sealValue(key, plain, { additionalData, type })
    expect(createValueCipher(key)(sealed, additionalData)).toEqual({ failure: 'SopsValueInvalid' })
  })

  it.each([
    ['plain text', 'hello', 'SopsValueNotEncrypted'],
    ['base64 that is none', vectors[0][0].replace('Yo6l', 'Yo6*'), 'SopsValueInvalid'],
    ['another byte of data', vectors[0][0].replace('Yo6l', 'Yo7l'), 'SopsValueTampered'],
    ['another iv', vectors[0][0].replace('iv:YS', 'iv:YT'), 'SopsValueTampered'],
    ['another tag', vectors[0][0].replace('tag:6i', 'tag:6j'), 'SopsValueTampered'],
  ])('says how it fails on %s', (_, text, failure) => {
    expect(createValueCipher(key)(text, additionalData)).toEqual({ failure })
  })

  it('binds a value to a name that is no UTF-8', () => {
    const sealed = sealValue(key, 'x', { additionalData: Uint8Array.of(0x61, 0xf6, 0x3a) })
    expect(createValueCipher(key)(sealed, 'a\udcf6:')).toEqual({ value: { type: 'str', text: 'x' } })
    expect(createValueCipher(key)(sealed, 'a\ufffd:')).toEqual({ failure: 'SopsValueTampered' })
  })

  it('refuses a value that was moved', () => {
    expect(createValueCipher(key)(vectors[0][0], 'a:c:')).toEqual({ failure: 'SopsValueTampered' })
  })

  it.each([4, 8, 12, 15])('refuses a tag cut to %d bytes, which Node would accept unpinned', (length) => {
    const tag = Buffer.from('6iZ/WVkAgfW5tUtXI3s1wQ==', 'base64').subarray(0, length).toString('base64')
    const cut = vectors[0][0].replace('6iZ/WVkAgfW5tUtXI3s1wQ==', tag)
    expect(createValueCipher(key)(cut, additionalData)).toEqual({ failure: 'SopsValueTampered' })
  })

  it.each([1, 12, 128])('decrypts with an iv of %d bytes', (ivBytes) => {
    const sealed = sealValue(key, 'x', { additionalData, ivBytes })
    expect(createValueCipher(key)(sealed, additionalData)).toEqual({ value: { type: 'str', text: 'x' } })
  })

  it.each([0, 129, 1_000])('refuses an iv of %d bytes, for which Node would throw', (length) => {
    const cut = vectors[0][0].replace(/iv:[^,]*/, `iv:${Buffer.alloc(length).toString('base64') || '\n'}`)
    expect(createValueCipher(key)(cut, additionalData)).toHaveProperty('failure')
  })

  it.each([16, 24, 33])('refuses a data key of %d bytes', (length) => {
    expect(() => createValueCipher(Buffer.alloc(length))).toThrow(
      expect.objectContaining({ code: 'SopsKeyInvalid' }),
    )
  })
})

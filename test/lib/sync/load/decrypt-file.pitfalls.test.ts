import { describe, expect, it } from 'vitest'
import type { SopsFormat } from '../../../../lib/core/sops/sops-format.ts'
import { openSealed, type Sealing, seal, sealedDataKey, sealFile } from '../../../fakes/seal-file.ts'
import { sealValue } from '../../../fakes/seal-value.ts'

/** Seals and opens again; what is refused gives its code. */
async function open(sealing: Sealing, outputFormat?: SopsFormat): Promise<string> {
  return await openSealed(sealFile(sealing), sealing.format, outputFormat)
}

async function codeOf(sealing: Sealing): Promise<unknown> {
  return await open(sealing).catch((thrown: { code?: string }) => thrown.code)
}

const yaml = (body: string, hashed: string, metadata = {}): Sealing => ({
  format: 'yaml',
  body,
  hashed,
  metadata,
})
const json = (body: string, hashed: string, metadata = {}): Sealing => ({
  format: 'json',
  body,
  hashed,
  metadata,
})
const plain = { unencrypted_regex: '', encrypted_regex: '^none$' }

describe('what is easy to get wrong about values: they', () => {
  it('1. keep their order, also under keys like integers and those that JavaScript gives a meaning', async () => {
    const keys = ['10', '9', '__proto__', 'constructor', 'a']
    const texts = keys.map((key) => `"${key}": "${key}-value"`)
    const hashed = keys.map((key) => `${key}-value`).join('')
    expect(await open(json(texts.join(', '), hashed, plain))).toBe(`{\n\t${texts.join(',\n\t')}\n}\n`)
    expect(await open(yaml(texts.join('\n'), hashed, plain))).toBe(
      keys.map((key) => `${/^\d/.test(key) ? `"${key}"` : key}: ${key}-value\n`).join(''),
    )
    expect(await open(json('"a": "x", "a": "y"', 'xy', plain))).toContain('"x",\n\t"a": "y"')
  })

  it.each<[string, SopsFormat, string, string, string]>([
    ['a nested key', 'yaml', `a:\n  b: ${seal('v', 'a:b:')}`, 'v', 'a:\n    b: v\n'],
    ['a list item, however deep', 'yaml', `a:\n  - - ${seal('v', 'a:')}`, 'v', 'a:\n    - - v\n'],
    ['a map in a list', 'yaml', `a:\n  - b: ${seal('v', 'a:b:')}`, 'v', 'a:\n    - b: v\n'],
    ['a key with a colon', 'yaml', `"a:b": ${seal('v', 'a:b:')}`, 'v', 'a:b: v\n'],
    [
      'a merge key',
      'yaml',
      `m:\n  <<:\n    x: ${seal('v', 'm:<<:x:')}`,
      'v',
      'm:\n    !!merge <<:\n        x: v\n',
    ],
    ['a comment at the top', 'yaml', `#${seal(' c', ':', 'comment')}\na: ""`, '', '# c\na: ""\n'],
    [
      'a comment further in',
      'yaml',
      `a:\n  #${seal(' c', 'a:', 'comment')}\n  b: ""`,
      '',
      'a:\n    # c\n    b: ""\n',
    ],
    ['an INI section', 'ini', `[s]\nk = ${seal('v', 's:k:')}`, 'v', '[s]\nk = v\n'],
    ['what stands above all sections', 'ini', `k = ${seal('v', 'DEFAULT:k:')}`, 'v', 'k = v\n'],
    ['a dotenv key, untrimmed', 'dotenv', `foo =${seal('v', 'foo :')}`, 'v', 'foo =v\n'],
  ])('2. are bound to their place: %s', async (_, format, body, hashed, printed) => {
    expect(await open({ format, body, hashed })).toBe(printed)
  })

  it.each([4, 8, 12, 15])('3. are refused where the tag is cut to %d bytes', async (length) => {
    const cut = seal('v', 'k:').replace(/tag:([^,]+)/, (_, tag: string) => {
      return `tag:${Buffer.from(tag, 'base64').subarray(0, length).toString('base64')}`
    })
    expect(await codeOf(json(`"k": "${cut}"`, 'v'))).toBe('SopsValueTampered')
  })

  it.each([12, 16, 32])('4. have a nonce as long as the file says: %d bytes', async (ivBytes) => {
    const sealed = sealValue(sealedDataKey, 'v', { additionalData: 'k:', ivBytes })
    expect(await open(json(`"k": "${sealed}"`, 'v'))).toBe('{\n\t"k": "v"\n}\n')
  })

  it('5. are hashed by their type: no comments, no null, words and numbers as Go writes them', async () => {
    const items = [
      seal(' note', 'l:', 'comment'),
      seal('True', 'l:', 'bool'),
      seal('1e+21', 'l:', 'float'),
      seal('9223372036854775807', 'l:', 'int'),
    ]
    const body = `"l": [${items.map((item) => `"${item}"`).join(', ')}, null, ""]`
    const opened = await open(json(body, 'True1000000000000000000000' + '9223372036854775807'))
    expect(JSON.parse(opened.replace(/\d{19}/, '"$&"'))).toEqual({
      l: [true, 1e21, '9223372036854775807', null, ''],
    })
  })

  it('6. may be bytes that are no text', async () => {
    const bytes = Buffer.from([0, 0xff, 0xfe, 0x80])
    const file = sealFile({ format: 'binary', body: `"data": "${seal(bytes, 'data:')}"`, hashed: bytes })
    const { decryptFile } = await import('../../../../lib/sync/load/decrypt-file.ts')
    const opened = await decryptFile(
      { path: 'f', bytes: file, inputFormat: 'binary' },
      async () => sealedDataKey,
    )
    expect(Buffer.from(opened)).toEqual(bytes)
  })

  it('7. are hashed behind a prefix, and alone, where only encrypted ones count', async () => {
    const body = `"k": "${seal('v', 'k:')}", "p_unencrypted": "edited"`
    expect(await open(json(body, 'v', { mac_only_encrypted: true }))).toContain('edited')
    expect(await codeOf(json(body, 'vedited', { mac_only_encrypted: true }))).toBe('SopsMacMismatch')
    expect(await codeOf(json(body, 'v'))).toBe('SopsMacMismatch')
  })

  it('9. are empty or encrypted; anything else is an error that does not show it', async () => {
    expect(await open(json('"k": "", "l": null, "m": {}', ''))).toContain('"k": ""')
    for (const value of ['"canary"', '4711', 'true', '"ENC[AES256_GCM,data:canary"']) {
      const error = await open(json(`"a": {"k": ${value}}`, '')).catch((thrown: Error) => thrown)
      expect(error).toMatchObject({ code: 'SopsValueNotEncrypted', data: { keyPath: 'a.k' } })
      expect(JSON.stringify(error) + String(error)).not.toMatch(/canary|4711|true/)
    }
  })

  it.each([
    ['a character that is no base64', (text: string) => text.replace('data:', 'data:!')],
    ['no padding', (text: string) => text.replace(/=+,iv/, ',iv')],
    ['the URL-safe alphabet', (text: string) => text.replace(/iv:../, 'iv:-_')],
  ])('14. are refused where their base64 has %s', async (_, damage) => {
    expect(await codeOf(json(`"k": "${damage(seal('v', 'k:'))}"`, 'v'))).toBe('SopsValueInvalid')
  })

  it('16. are resolved by the rules of go-yaml, and merge keys are kept', async () => {
    const body = 'o: 0644\nu: 1_000\nb: 0b11\nd: 2024-1-2\ny: yes\nm: {<<: {a: 1}}'
    const hashed = `420${'1000'}3${'2024-01-02T00:00:00Z'}yes1`
    expect(await open(yaml(body, hashed, plain))).toBe(
      'o: 420\nu: 1000\nb: 3\nd: 2024-01-02T00:00:00Z\n"y": "yes"\nm:\n    !!merge <<:\n        a: 1\n',
    )
  })

  it.each(['9007199254740993', '9007199254740992'])(
    '17. of 64 bits in plain JSON may be hashed as %s',
    async (text) => {
      expect(await open(json('"n": 9007199254740993', text, plain))).toContain('9007199254740993')
      expect(await codeOf(json('"n": 9007199254740993', '9007199254740994', plain))).toBe('SopsMacMismatch')
    },
  )
})

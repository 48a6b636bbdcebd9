import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptSopsFile } from '../../../../lib/core/sops/decrypt.ts'
import { formats } from '../../../../lib/core/sops/formats/index.ts'
import { parseJsonObject } from '../../../../lib/core/sops/formats/json/parse.ts'
import { parseSopsFile, type SopsFile } from '../../../../lib/core/sops/sops-file.ts'
import { sealValue } from '../../../fakes/seal-value.ts'
import { readSopsVectors } from '../../../fixtures/sops/vectors.ts'

const dataKey = Buffer.alloc(32, 7)
const lastModified = '2026-01-02T03:04:05Z'
const seal = (plain: string, keys: string, type = 'str') =>
  sealValue(dataKey, plain, { additionalData: keys, type })

/** A JSON file with these values and the MAC of `hashed`. */
function createFile(
  values: object | string,
  hashed: string,
  metadata: Partial<SopsFile['metadata']> = {},
): SopsFile {
  const digest = createHash('sha512').update(hashed).digest('hex').toUpperCase()
  return {
    format: 'json',
    metadata: {
      groups: [],
      shamirThreshold: 0,
      lastModified,
      mac: seal(digest, lastModified),
      macOnlyEncrypted: false,
      rule: { kind: 'unencrypted_suffix', pattern: '_unencrypted' },
      version: '3.13.3',
      ...metadata,
    },
    branches: [parseJsonObject(typeof values === 'string' ? values : JSON.stringify(values))],
  }
}

const failure = (code: string, data = {}) => expect.objectContaining({ code, data })

describe('decryptSopsFile', () => {
  it.each(readSopsVectors())('decrypts $name to the byte', ({ format, encrypted, plain, dataKey }) => {
    const tree = decryptSopsFile(parseSopsFile(encrypted, format), dataKey)
    expect(Buffer.from(formats[format].emit(tree.branches))).toEqual(Buffer.from(plain))
  })

  it('hashes values in file order, encrypted and plain, without null and empty ones', () => {
    const values = `{"10":"${seal('a', '10:')}","9":null,"x":{"y":["","${seal('b', 'x:y:')}"]},"z_unencrypted":true}`
    const file = createFile(values, 'abTrue')
    expect(decryptSopsFile(file, dataKey).branches).toEqual([
      parseJsonObject('{"10":"a","9":null,"x":{"y":["","b"]},"z_unencrypted":true}'),
    ])
  })

  it('leaves an encrypted comment in a list out of the hash', () => {
    const file = createFile({ l: [seal(' note', 'l:', 'comment'), seal('a', 'l:')] }, 'a')
    expect(decryptSopsFile(file, dataKey).branches[0]?.items).toMatchObject([
      { value: { items: [{ type: 'comment', text: ' note' }, { text: 'a' }] } },
    ])
  })

  it.each([
    ['a value that was changed', { a: { b: [seal('x', 'a:c:')] } }, 'SopsValueTampered', 'a.b[0]'],
    ['plain text', { a: 'oops' }, 'SopsValueNotEncrypted', 'a'],
    ['a plain number', { a: 1 }, 'SopsValueNotEncrypted', 'a'],
    ['an unknown type', { a: seal('x', 'a:', 'set') }, 'SopsValueInvalid', 'a'],
  ])('names the key path of %s', (...[, values, code, keyPath]) => {
    expect(() => decryptSopsFile(createFile(values, ''), dataKey)).toThrow(failure(code, { keyPath }))
  })

  it('refuses what no walk takes', () => {
    const file = createFile({}, '')
    const branches = [
      {
        type: 'map',
        items: [{ type: 'pair', key: 'a_unencrypted', value: { type: 'unsupported', found: 'uint64' } }],
      },
    ] as const
    expect(() => decryptSopsFile({ ...file, branches }, dataKey)).toThrow(
      failure('SopsTreeUnsupported', { keyPath: 'a_unencrypted' }),
    )
  })

  it('tells a MAC that does not decrypt from one that does not match', () => {
    const invalid = { mac: seal('x', 'elsewhere') }
    expect(() => decryptSopsFile(createFile({}, '', invalid), dataKey)).toThrow(failure('SopsMacInvalid'))
    expect(() => decryptSopsFile(createFile({}, 'x'), dataKey)).toThrow(failure('SopsMacMismatch'))
    expect(() => decryptSopsFile(createFile({}, '', { mac: '' }), dataKey)).toThrow(
      failure('SopsMacMismatch'),
    )
  })

  it('hashes only what is encrypted where the file says so', () => {
    const prefix = createHash('sha256').update('sops').digest()
    const mac = createHash('sha512').update(prefix).update('a').digest('hex').toUpperCase()
    const file = createFile({ a: seal('a', 'a:'), b_unencrypted: 'b' }, '', {
      macOnlyEncrypted: true,
      mac: seal(mac, lastModified),
    })
    expect(decryptSopsFile(file, dataKey).branches).toEqual([
      parseJsonObject('{"a":"a","b_unencrypted":"b"}'),
    ])
  })

  it.each(['9007199254740993', '9007199254740992'])(
    'accepts the MAC that has a big integer as %s',
    (hashed) => {
      const file = createFile({}, hashed)
      const branches = [parseJsonObject('{"n_unencrypted":9007199254740993}')]
      expect(decryptSopsFile({ ...file, branches }, dataKey).branches).toEqual(branches)
    },
  )
})

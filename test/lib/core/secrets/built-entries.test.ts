import { describe, expect, it } from 'vitest'
import { listBuiltEntries } from '../../../../lib/core/secrets/built-entries.ts'
import type { BuiltObject, BuiltValue } from '../../../../lib/core/secrets/built-object.ts'

const config = { secrets: { environment: 'prod', prefix: 'web' } }

type Values = Record<string, unknown>
const values = (written: Values = {}, tainted = true): ReadonlyMap<string, BuiltValue> =>
  new Map(Object.entries(written).map(([key, value]) => [key, { value, tainted }]))

function build(kind: BuiltObject['kind'], fields: Partial<BuiltObject>): BuiltObject {
  const empty = { data: values(), stringData: values(), taintedFields: [] }
  return { kind, name: 'db-8h2k', nameWithoutHash: 'db', ...empty, ...fields }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('listBuiltEntries', () => {
  it('decodes data, takes stringData as it is and lets it go before data', () => {
    const secret = build('Secret', {
      data: values({ a: base64('from data'), b: base64('old') }),
      stringData: values({ b: 'new', c: base64('kept') }),
    })
    const entries = listBuiltEntries([secret], config)
    expect(
      entries.map(({ prefix, key, payload }) => [
        prefix,
        key,
        Buffer.from(payload.value.reveal()).toString(),
      ]),
    ).toEqual([
      ['web', 'a', 'from data'],
      ['web', 'b', 'new'],
      ['web', 'c', base64('kept')],
    ])
    expect(entries[0]?.origin).toEqual({ kind: 'Secret', name: 'db', key: 'a' })
  })

  it('takes base64 over many lines, as Kustomize writes it', () => {
    const data = values({ a: `${base64('x'.repeat(30))}\n${base64('y'.repeat(30))}\n` })
    expect(listBuiltEntries([build('Secret', { data })], config)[0]?.payload.value.sizeBytes).toBe(60)
  })

  it('calls an overlay without a prefix as the original controller does', () => {
    const secret = build('Secret', { stringData: values({ a: 'x' }) })
    expect(listBuiltEntries([secret], { secrets: { environment: 'prod' } })[0]?.prefix).toBe('default')
  })

  it('makes one JSON secret of each Secret with the layout secret', () => {
    const secrets = [
      build('Secret', { data: values({ b: base64('old') }), stringData: values({ b: 'new', a: '' }) }),
      build('Secret', { nameWithoutHash: 'cache', stringData: values({ url: 'x' }) }),
      build('Secret', { nameWithoutHash: 'none' }),
    ]
    const entries = listBuiltEntries(secrets, { secrets: { ...config.secrets, layout: 'secret' } })
    expect(
      entries.map(({ object, origin, payload }) => [
        object,
        origin,
        Buffer.from(payload.value.reveal()).toString(),
      ]),
    ).toEqual([
      ['db', { kind: 'Secret', name: 'db' }, '{"a":"","b":"new"}'],
      ['cache', { kind: 'Secret', name: 'cache' }, '{"url":"x"}'],
    ])
  })

  it('refuses a binary value with the layout secret and names its key', () => {
    const data = values({ a: base64('x'), b: Buffer.of(0xff).toString('base64') })
    const spec = { secrets: { ...config.secrets, layout: 'secret' as const } }
    expect(() => listBuiltEntries([build('Secret', { data })], spec)).toThrow(
      expect.objectContaining({ code: 'SecretValueBinary', data: { from: 'Secret db: b' } }),
    )
  })

  it('publishes no ConfigMap', () => {
    expect(listBuiltEntries([build('ConfigMap', { data: values({ a: 'x' }, false) })], config)).toEqual([])
  })

  it.each([
    ['a number', { stringData: values({ a: 7 }) }],
    ['null', { data: values({ a: null }) }],
    ['a map', { stringData: values({ a: { b: 'c' } }) }],
    ['text that is no base64', { data: values({ a: 'canary-6b0' }) }],
    ['base64 without its padding', { data: values({ a: 'YQ' }) }],
    ['URL-safe base64', { data: values({ a: '_-8=' }) }],
  ])('refuses %s as a value', (_, fields) => {
    const expected = { code: 'SecretValueInvalid', data: { from: 'Secret db: a' } }
    expect(() => listBuiltEntries([build('Secret', fields)], config)).toThrow(
      expect.objectContaining(expected),
    )
  })

  it.each([
    ['data of a ConfigMap', build('ConfigMap', { data: values({ a: 'x' }) })],
    ['binaryData of a ConfigMap', build('ConfigMap', { binaryData: values({ a: 'eA==' }) })],
    ['a name', build('Secret', { nameWithoutHash: 'canary-6b0', taintedFields: ['metadata.name'] })],
    ['an annotation of a ConfigMap', build('ConfigMap', { taintedFields: ['metadata.annotations'] })],
  ])('refuses decrypted text in %s and does not show it', (_, object) => {
    expect(() => listBuiltEntries([object], config)).toThrow(
      expect.objectContaining({
        code: 'SecretInPublicField',
        message: expect.not.stringContaining('canary'),
      }),
    )
  })

  it('takes keys with the names of built-ins as plain data', () => {
    const stringData = new Map(
      ['__proto__', 'constructor'].map((key) => [key, { value: 'x', tainted: true }]),
    )
    const entries = listBuiltEntries([build('Secret', { stringData })], config)
    expect(entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor'])
  })
})

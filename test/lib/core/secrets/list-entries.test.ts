import { describe, expect, it } from 'vitest'
import { listEntries } from '../../../../lib/core/secrets/list-entries.ts'

const origin = { kind: 'Secret', name: 'db' } as const
const group = (values: Readonly<Record<string, string>>) => ({
  prefix: 'web',
  object: 'db',
  origin,
  values: Object.entries(values).map(([key, text]) => ({
    key,
    bytes: Buffer.from(text),
    origin: { ...origin, key },
  })),
})
const show = (entries: ReturnType<typeof listEntries>) =>
  entries.map(({ payload, ...entry }) => [entry, Buffer.from(payload.value.reveal()).toString()])

describe('listEntries', () => {
  it.each([{}, { layout: 'key' } as const])('makes an entry of each key with %j', (spec) => {
    expect(show(listEntries(group({ b: '1', a: '2' }), spec))).toEqual([
      [{ prefix: 'web', object: 'db', key: 'b', origin: { ...origin, key: 'b' } }, '1'],
      [{ prefix: 'web', object: 'db', key: 'a', origin: { ...origin, key: 'a' } }, '2'],
    ])
  })

  it('makes one entry of all keys with the layout secret', () => {
    expect(show(listEntries(group({ b: '1', a: '' }), { layout: 'secret' }))).toEqual([
      [{ prefix: 'web', object: 'db', origin }, '{"a":"","b":"1"}'],
    ])
  })

  it('makes nothing of a group without keys', () => {
    expect(listEntries(group({}), { layout: 'key' })).toEqual([])
    expect(listEntries(group({}), { layout: 'secret' })).toEqual([])
  })
})

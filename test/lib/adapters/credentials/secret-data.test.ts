import { expect, it } from 'vitest'
import { readFirst, readSecretData } from '../../../../lib/adapters/credentials/secret-data.ts'

const metadata = { name: 'creds', namespace: 'team' }

it('decodes the data of a Secret', () => {
  const data = readSecretData({ metadata, data: { a: 'w6k=', b: '' } })
  expect(data).toMatchObject({ secret: 'team/creds', labels: {} })
  expect(data && readFirst(data, 'b', 'a')).toBe('é')
  expect(data && readFirst(data, 'c')).toBeUndefined()
})

it.each([[null], ['text'], [{}], [{ metadata, data: { a: 1 } }]])('reads nothing from %j', (object) => {
  expect(readSecretData(object)).toBeNull()
})

it.each([[{ metadata }], [{ metadata, data: null }]])('reads an empty Secret from %j', (object) => {
  expect(readSecretData(object)?.values.size).toBe(0)
})
